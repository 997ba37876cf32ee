#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "ravine/report/datasets.hpp"
#include "ravine/report/optimizers.hpp"
#include "ravine/report/trajectory.hpp"

// What is known by name, and a descent, as text and as JSON.

namespace ravine::report {
namespace {

using testing::HasSubstr;
using Json = nlohmann::json;

TEST(OptimizerPage, NamesEveryFieldOfEveryRule) {
  for (const optim::RuleInfo& rule : optim::rules()) {
    const std::string page = optimizer_page(rule);
    EXPECT_THAT(page, HasSubstr(std::string(rule.about.reference)));
    for (const optim::FieldInfo& field : rule.fields) {
      EXPECT_THAT(page, HasSubstr("\n" + std::string(field.name) + " "));
      EXPECT_THAT(page, HasSubstr(std::string(field.help)));
    }
  }
}

TEST(OptimizersJson, KeepsNumbersAndFlagsApart) {
  const std::vector<const optim::RuleInfo*> rules{&optim::find_rule("adam")};
  const Json fields = Json::parse(optimizers_json(rules))["optimizers"][0]["hyperparameters"];
  const Json lr{
      {"name", "lr"}, {"default", 0.001}, {"range", "[0, inf)"}, {"help", "learning rate"}};
  EXPECT_EQ(fields[0], lr);
  EXPECT_EQ(fields[5]["name"], "bias_correction");
  EXPECT_EQ(fields[5]["default"], true);
}

TEST(DatasetList, SaysWhereItIsOrHowToGetIt) {
  const std::vector<data::Listing> listings{{.name = "here",
                                             .description = "some numbers",
                                             .train_examples = 1503,
                                             .features = 5,
                                             .found = "/data/here",
                                             .how_to_get = ""},
                                            {.name = "there",
                                             .description = "pictures",
                                             .task = data::Task::classification,
                                             .train_examples = 60000,
                                             .test_examples = 10000,
                                             .features = 784,
                                             .classes = 10,
                                             .found = "",
                                             .how_to_get = "fetch it"}};
  const std::string list = dataset_list(listings);
  EXPECT_THAT(list, HasSubstr("1,503       -         5        -  some numbers  /data/here\n"));
  EXPECT_THAT(list, HasSubstr("not here; get it: fetch it\n"));
  const Json json = Json::parse(datasets_json(listings))["datasets"];
  EXPECT_EQ(json[0]["found"], "/data/here");
  EXPECT_TRUE(json[0]["how_to_get"].is_null());
  EXPECT_TRUE(json[1]["found"].is_null());
  EXPECT_EQ(json[1]["test"], 10000);
}

Descent descent(std::size_t steps) {
  Descent result{
      .function = "w1^2", .options = {.optimizer = "sgd", .steps = steps}, .trajectory = {}};
  for (std::size_t step = 0; step <= steps; ++step) {
    result.trajectory.points.push_back({static_cast<double>(step)});
    result.trajectory.values.push_back(0.5);
  }
  return result;
}

TEST(TrajectoryText, ShowsSomeTwentyStepsWithFirstAndLast) {
  for (const std::size_t steps : {0U, 1U, 20U, 21U, 137U, 99999U}) {
    std::istringstream lines(trajectory_text(descent(steps)));
    std::vector<std::string> rows;
    for (std::string line; std::getline(lines, line);) rows.push_back(line);
    EXPECT_LE(rows.size(), 3U + 22U);
    std::istringstream last(rows.back());
    std::size_t step = 0;
    last >> step;
    EXPECT_EQ(step, steps);
  }
}

TEST(TrajectoryJson, HasAllStepsAndEverySetting) {
  Descent run = descent(137);
  run.options.settings = {{"lr", 0.5}};
  const Json json = Json::parse(trajectory_json(run));
  EXPECT_EQ(json["points"].size(), 138U);
  EXPECT_EQ(json["values"][137], 0.5);
  EXPECT_EQ(json["optimizer"], Json::parse(R"({"name": "sgd", "lr": 0.5, "weight_decay": 0.0})"));
}

}  // namespace
}  // namespace ravine::report
