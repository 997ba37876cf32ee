// What stands around the optimizer's rule: specs, groups, schedules, clipping, averages.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "apps/command.hpp"

namespace ravine::apps {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string train = "train --data iris --model mlp --hidden 8 --batch-size 30 ";

std::vector<double> rates(const Json& json) {
  std::vector<double> result;
  for (const Json& epoch : json["epochs"]) result.push_back(epoch["lr"]);
  return result;
}

TEST(Spec, SetsWhatLrAndSetDoNot) {
  const Json json = ravine_json(words(
      train + "--epochs 1 --optimizer adam:lr=0.5,beta1=0.8,beta2=0.9 --lr 0.25 --set beta2=0.99"));
  EXPECT_EQ(json["optimizer"]["lr"], 0.25);
  EXPECT_EQ(json["optimizer"]["beta1"], 0.8);
  EXPECT_EQ(json["optimizer"]["beta2"], 0.99);
}

TEST(Spec, NamesAnOptimizerEverywhere) {
  const Json compared = ravine_json(
      words("compare --data iris --epochs 1 --seeds 1 --optimizers sgd:lr=0.1,momentum=0.5,adam"));
  EXPECT_EQ(compared["data"][0]["optimizers"][0]["name"], "sgd:lr=0.1,momentum=0.5");
  EXPECT_EQ(compared["data"][0]["optimizers"][1]["name"], "adam");
  const Json path = ravine_json(
      words("lab trajectory --function w1^2 --start=1 --steps 1 --optimizer sgd:lr=0.25"));
  EXPECT_EQ(path["points"][1][0], 0.5);
}

TEST(Spec, WhatIsWrongInItIsNamed) {
  EXPECT_TRUE(refused(words(train + "--optimizer adma"), {"did you mean 'adam'?"}));
  EXPECT_TRUE(refused(words(train + "--optimizer adam:bta1=0.5"), {"did you mean 'beta1'?"}));
  EXPECT_TRUE(refused(words(train + "--optimizer adam:beta1=fast"), {"'fast' must be a number"}));
  EXPECT_TRUE(
      refused(words(train + "--optimizer adam:0.5"), {"adam: a value needs a name (known: lr, "}));
  EXPECT_TRUE(refused(words(train + "--optimizer adam:"), {"'adam:'"}));
  EXPECT_TRUE(refused(words("compare --data iris --optimizers sgd,,adam"), {"--optimizers"}));
}

TEST(Group, HasHyperParametersOfItsOwn) {
  const Json json = ravine_json(
      words(train + "--epochs 1 --group *.bias:weight_decay=0,lr=0 --set weight_decay=0.1"));
  EXPECT_EQ(json["optimizer"]["weight_decay"], 0.1);
  EXPECT_EQ(json["optimizer"]["groups"],
            Json::parse(R"([{"pattern": "*.bias", "weight_decay": 0.0, "lr": 0.0}])"));
  EXPECT_TRUE(refused(words(train + "--group *.bais:lr=0"),
                      {"group '*.bais' matches no parameter", "did you mean '0.bias'?"}));
  EXPECT_TRUE(refused(words(train + "--group *.bias"), {"--group", "sets nothing"}));
  EXPECT_TRUE(refused(words(train + "--group *.bias:lr=-1"),
                      {"adam: lr must be in [0, inf), -1 was given"}));
}

TEST(Group, IsTakenByCompareAsByTrain) {
  const Json json = ravine_json(
      words("compare --data iris --epochs 1 --seeds 1 --optimizers sgd --group *.bias:lr=0"));
  EXPECT_EQ(json["protocol"]["groups"], Json::parse(R"([{"pattern": "*.bias", "lr": 0.0}])"));
}

TEST(Schedule, IsFollowedAndShownInEveryLine) {
  const Folder folder;
  const std::string out = (folder.path() / "run").string();
  const Process process =
      ravine(words(train +
                   "--optimizer sgd --lr 0.5 --epochs 4 --schedule exponential:0.5 "
                   "--schedule-unit epoch --out " +
                   out));
  EXPECT_EQ(process.status, 0) << process.err;
  for (const char* rate : {"lr 0.5 ", "lr 0.25 ", "lr 0.125 ", "lr 0.0625 "})
    EXPECT_THAT(process.err, HasSubstr(rate));
  std::istringstream lines(data::testing::content_of(folder.path() / "run/metrics.jsonl"));
  std::vector<double> rates;
  for (std::string line; std::getline(lines, line);) rates.push_back(Json::parse(line)["lr"]);
  EXPECT_THAT(rates, ElementsAre(0.5, 0.25, 0.125, 0.0625));
  const Json run = Json::parse(data::testing::content_of(folder.path() / "run/run.json"));
  EXPECT_EQ(run["options"]["schedule"], "exponential:0.5");
}

TEST(Schedule, RunsInSequence) {
  // 120 examples in 4 steps an epoch: 4 steps of warm-up, then 12 down to 0.
  const Json json = ravine_json(
      words(train + "--optimizer sgd --lr 0.5 --epochs 4 --schedule warmup:4+polynomial"));
  // The rate of an epoch's last step: of step 4 the whole, then 9, 5 and 1 twelfths.
  const auto found = rates(json);
  ASSERT_EQ(found.size(), 4U);
  EXPECT_NEAR(found[0], 0.5, 1e-12);
  EXPECT_NEAR(found[1], 0.5 * 9 / 12, 1e-12);
  EXPECT_NEAR(found[2], 0.5 * 5 / 12, 1e-12);
  EXPECT_NEAR(found[3], 0.5 * 1 / 12, 1e-12);
}

TEST(Schedule, GoesByTheValidationLoss) {
  // With this rate nothing ever improves enough.
  const Json json = ravine_json(
      words(train + "--optimizer sgd --lr 0.001 --epochs 4 --validation 0.25 --schedule "
                    "plateau:patience=0,factor=0.5,threshold=0.9"));
  EXPECT_THAT(rates(json), ElementsAre(0.001, 0.001, 0.0005, 0.00025));
  EXPECT_TRUE(refused(words(train + "--schedule plateau"), {"--validation 0.1"}));
}

TEST(Schedule, WhatIsWrongInItIsNamed) {
  const auto wrong = [](const std::string& spec, const Words& parts) {
    return refused(words(train + "--schedule " + spec), parts);
  };
  EXPECT_TRUE(wrong("cosin", {"--schedule", "did you mean 'cosine'?"}));
  EXPECT_TRUE(wrong("step:gama=0.5", {"did you mean 'gamma'?"}));
  EXPECT_TRUE(wrong("exponential+cosine", {"--schedule: exponential has no end"}));
  EXPECT_TRUE(wrong("warmup+cosine", {"--schedule: warmup needs a length"}));
  EXPECT_TRUE(wrong("step:10,0.5", {"each value but the first needs a name (known: size, gamma)"}));
  EXPECT_TRUE(wrong("warmup:-5", {"warmup", "-5 was given"}));
  EXPECT_TRUE(wrong("warmup:5+", {"--schedule"}));
  EXPECT_TRUE(refused(words(train + "--schedule-unit batch"), {"unknown unit 'batch'"}));
  const Folder folder;
  const std::string out = (folder.path() / "run").string();
  EXPECT_TRUE(refused(words(train +
                            "--optimizer momentum --momentum-schedule "
                            "linear:start_factor=1,end_factor=3 --out " +
                            out),
                      {"momentum must be in [0, 1)"}));
  EXPECT_TRUE(refused(words(train + "--schedule plateau --out " + out), {"--validation 0.1"}));
  EXPECT_FALSE(std::filesystem::exists(out));
  EXPECT_TRUE(refused(words(train + "--optimizer adagrad --momentum-schedule linear"),
                      {"adagrad", "momentum"}));
}

TEST(Schedules, AreListedAndExplained) {
  const Json all = ravine_json({"schedules"});
  ASSERT_GT(all["schedules"].size(), 10U);
  const Process list = ravine({"schedules"});
  for (const Json& schedule : all["schedules"]) {
    const std::string name = schedule["name"];
    EXPECT_THAT(list.out, HasSubstr(name));
    const Process page = ravine({"schedules", name});
    for (const char* part : {"summary", "reference"})
      EXPECT_THAT(page.out, HasSubstr(schedule[part].get<std::string>())) << name;
    for (const Json& setting : schedule["settings"])
      EXPECT_THAT(page.out, HasSubstr(setting["help"].get<std::string>())) << name;
  }
  EXPECT_TRUE(refused(words("schedules warm_up"), {"did you mean 'warmup'?"}));
}

TEST(Clip, IsCheckedAndKept) {
  const Json json =
      ravine_json(words(train + "--epochs 1 --optimizer sgd --lr 100 --clip-norm 1e-6"));
  EXPECT_EQ(json["final"]["status"], "finished");
  EXPECT_TRUE(refused(words(train + "--clip-norm 0"), {"clip_norm must be above 0, 0 was given"}));
  EXPECT_TRUE(refused(words(train + "--clip-value -1"), {"clip_value must be above 0"}));
}

TEST(Average, IsTheModelThatIsJudgedAndSaved) {
  const Folder folder;
  const std::string out = (folder.path() / "run").string();
  const Json json = ravine_json(words(train + "--epochs 3 --average polyak:start=4 --out " + out));
  const Json again = ravine_json(words("evaluate --data iris --model " + out));
  const Json plain = ravine_json(words(train + "--epochs 3"));
  EXPECT_NE(json["final"]["test_loss"], plain["final"]["test_loss"]);
  EXPECT_EQ(json["epochs"][0]["train_loss"], plain["epochs"][0]["train_loss"]);
  EXPECT_TRUE(again.contains("loss") || again.contains("test_loss"));
  EXPECT_TRUE(refused(words(train + "--average ema:1.5"), {"--average", "[0, 1), 1.5 was given"}));
}

TEST(Accumulate, MakesFewerSteps) {
  const Json json = ravine_json(words(train + "--epochs 2 --accumulate 3"));
  EXPECT_EQ(json["final"]["steps"], 2 * 2);  // of 4 batches an epoch: 3 and 1
  EXPECT_TRUE(refused(words(train + "--accumulate 0"), {"--accumulate", "at least 1"}));
  EXPECT_TRUE(refused(words(train + "--accumulate 2 --optimizer lbfgs"), {"lbfgs"}));
}

}  // namespace
}  // namespace ravine::apps
