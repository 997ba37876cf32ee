#include "ravine/report/comparison.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace ravine::report {
namespace {

using testing::HasSubstr;
using Json = nlohmann::json;

const compare::Options options{
    .hidden = {32}, .contenders = {}, .fit = {.epochs = 20, .seed = 4}, .seeds = 2};
const Environment environment{.cpu = "a cpu",
                              .threads = 2,
                              .blas_core = "Haswell",
                              .blas_threads = 2,
                              .forced_core = "",
                              .simd = "avx2"};

compare::Run finished(std::uint64_t seed, double accuracy) {
  return {.seed = seed,
          .reason = "",
          .test = train::Metrics{.loss = 1, .accuracy = accuracy, .rmse = {}, .r2 = {}},
          .steps = 100,
          .seconds = 0.001};
}

compare::Run diverged(std::uint64_t seed) {
  return {
      .seed = seed, .status = train::Status::diverged, .reason = "diverged at step 3", .test = {}};
}

compare::Comparison example() {
  return {.dataset = "digits",
          .task = data::Task::classification,
          .train_examples = 1438,
          .test_examples = 359,
          .layers = {64, 32, 10},
          .standings = {{.contender = {"sgd", {{"lr", 0.01}}},
                         .settings = {{"lr", 0.01}},
                         .runs = {finished(4, 0.9), finished(5, 0.8)},
                         .test_metric = compare::Summary{.mean = 0.85, .std = 0.0707, .n = 2},
                         .diverged = 0,
                         .step_seconds = 1e-5,
                         .state_bytes_per_parameter = 0},
                        {.contender = {"adam"},
                         .settings = {{"lr", 100.0}},
                         .runs = {diverged(4), diverged(5)},
                         .test_metric = {},
                         .diverged = 2,
                         .step_seconds = {},
                         .state_bytes_per_parameter = 8}}};
}

compare::Options options_around_the_rule() {
  compare::Options around = options;
  around.groups = {{"*.bias", {{"weight_decay", 0.0}}}};
  around.fit.schedule = optim::parse_schedule("cosine");
  around.fit.accumulate = 2;
  return around;
}

TEST(ComparisonText, HasALineAnOptimizerAndNamesTheBest) {
  const std::string text = comparison_text(example(), options);
  EXPECT_THAT(text, HasSubstr("digits: 1,438 training, 359 test examples; mlp 64-32-10; 20 epochs "
                              "of batches of 32; 2 seeds\n"));
  EXPECT_THAT(text, HasSubstr("\nsgd        0.8500 ± 0.0707       2/2     10.0"));
  EXPECT_THAT(text, HasSubstr("\nadam       -                     0/2        -"));
  EXPECT_THAT(text, HasSubstr("that of sgd, 0.8500 ± 0.0707 over 2 seeds"));
  EXPECT_THAT(text,
              HasSubstr("ran at the hyper-parameters shown and otherwise at its defaults, none"));
}

TEST(ComparisonText, TellsTwoOfOneRuleApart) {
  compare::Comparison comparison = example();
  comparison.standings[1].contender = {"sgd"};
  const std::string text = comparison_text(comparison, options);
  EXPECT_THAT(text, HasSubstr("\nsgd:lr=0.01  0.8500"));
  EXPECT_THAT(text, HasSubstr("\nsgd          -"));
  EXPECT_THAT(text, HasSubstr("that of sgd:lr=0.01, 0.8500"));
}

TEST(ComparisonText, SaysWhatWasDoneAroundTheRule) {
  EXPECT_THAT(comparison_text(example(), options_around_the_rule()),
              HasSubstr("; 20 epochs in steps of 2 batches of 32; 2 seeds\n"
                        "all with group *.bias:weight_decay=0; schedule cosine by the step\n\n"));
}

TEST(ComparisonText, SmallestErrorIsTheBest) {
  compare::Comparison comparison = example();
  comparison.task = data::Task::regression;
  comparison.standings[1].runs = {finished(4, 0.5)};
  comparison.standings[1].diverged = 0;
  comparison.standings[1].test_metric = compare::Summary{.mean = 0.5, .std = 0, .n = 1};
  EXPECT_THAT(comparison_text(comparison, options),
              HasSubstr("the best mean test rmse is that of adam, 0.5 over 1 seed"));
}

TEST(ComparisonText, TheLuckyRunsOfAnOptimizerThatDivergesAreNotTheBest) {
  compare::Comparison comparison = example();
  comparison.standings[1].runs = {finished(4, 0.99), diverged(5)};
  comparison.standings[1].diverged = 1;
  comparison.standings[1].test_metric = compare::Summary{.mean = 0.99, .std = 0, .n = 1};
  EXPECT_THAT(comparison_text(comparison, options), HasSubstr("is that of sgd, 0.8500"));
  comparison.standings.erase(comparison.standings.begin());
  EXPECT_THAT(comparison_text(comparison, options), HasSubstr("no optimizer finished all"));
}

TEST(ComparisonJson, HasTheNamesOthersRead) {
  const Json json = Json::parse(comparisons_json(std::vector{example()}, options, environment));
  EXPECT_EQ(json["command"], "compare");
  EXPECT_EQ(json["protocol"], Json::parse(R"({"model": "mlp", "activation": "relu", "seeds": 2,
    "first_seed": 4, "groups": [], "epochs": 20, "batch_size": 32, "accumulate": 1,
    "schedule": null, "momentum_schedule": null, "schedule_unit": "step", "clip_norm": null,
    "clip_value": null, "average": null})"));
  EXPECT_EQ(json["environment"], Json::parse(R"({"cpu": "a cpu", "simd": "avx2", "threads": 2,
    "blas": {"core": "Haswell", "threads": 2}})"));
  const Json around =
      Json::parse(comparisons_json(std::vector{example()}, options_around_the_rule(), environment));
  EXPECT_EQ(around["protocol"]["groups"],
            Json::parse(R"([{"pattern": "*.bias", "weight_decay": 0.0}])"));
  EXPECT_EQ(around["protocol"]["schedule"], "cosine");
  EXPECT_EQ(around["protocol"]["accumulate"], 2);
  const Json& sgd = json["data"][0]["optimizers"][0];
  EXPECT_EQ(sgd["name"], "sgd:lr=0.01");
  EXPECT_EQ(sgd["default"], Json::parse(R"({"hyperparameters": {"lr": 0.01},
    "test_accuracy": {"mean": 0.85, "std": 0.0707, "n": 2}})"));
  EXPECT_EQ(sgd["runs"][1]["test_accuracy"], 0.8);
  EXPECT_EQ(sgd["step_seconds"], 1e-5);
  const Json& adam = json["data"][0]["optimizers"][1];
  EXPECT_EQ(adam["diverged"], 2);
  EXPECT_TRUE(adam["default"]["test_accuracy"]["mean"].is_null());
  EXPECT_TRUE(adam["runs"][0]["test_accuracy"].is_null());
  EXPECT_EQ(adam["runs"][0]["reason"], "diverged at step 3");
  EXPECT_THAT(json["summary"].get<std::string>(), HasSubstr("that of sgd"));
}

TEST(RunLine, SaysHowItEnded) {
  EXPECT_EQ(run_line("digits", {.name = "sgd"}, finished(4, 0.9)),
            "digits  sgd  seed 4  0.001 s  accuracy 0.9000, loss 1");
  EXPECT_THAT(run_line("digits", {.name = "sgd"}, diverged(4)),
              testing::EndsWith("diverged at step 3"));
}

}  // namespace
}  // namespace ravine::report
