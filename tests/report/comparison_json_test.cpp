#include "ravine/report/comparison_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "report/example_comparison.hpp"

namespace ravine::report {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;

Json json_of(const ExampleResults& example) {
  const std::string line = comparison_json(example.results);
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  return Json::parse(line);
}

TEST(ComparisonJson, SaysWhatWasAskedForAndWhere) {
  ExampleResults example = example_results();
  example.results.options.ranges = {{.optimizer = "adam", .field = "lr", .low = 1e-3, .high = 0.5}};
  const Json json = json_of(example);
  EXPECT_EQ(json["command"], "compare");
  EXPECT_TRUE(json["version"].is_string());
  EXPECT_EQ(json["protocol"], Json::parse(R"({"model": "mlp", "hidden": [32],
    "activation": "relu", "optimizers": ["momentum", "adam:eps=1e-07", "sgd"],
    "ranges": ["adam:lr=0.001..0.5"], "seeds": 5, "first_seed": 4, "trials": 3, "search": "quasi",
    "selection": "validation", "validation": 0.2, "stop_early": false,
    "target": {"metric": "validation_accuracy", "value": 0.95, "derived": true},
    "groups": [], "epochs": 2, "batch_size": 32, "accumulate": 1, "schedule": null,
    "momentum_schedule": null, "schedule_unit": "step", "clip_norm": null, "clip_value": null,
    "average": null})"));
  EXPECT_EQ(json["environment"], Json::parse(R"({"cpu": "a cpu", "simd": "avx2", "threads": 1,
    "blas": {"core": "Haswell", "threads": 1}, "jobs": 2})"));
  EXPECT_EQ(json["profiles"], Json::array());
  EXPECT_EQ(json["summary"], json["data"][0]["summary"]);
  EXPECT_THAT(json["summary"].get<std::string>(),
              HasSubstr("is within noise.\nWorse beyond noise at these settings:"));
}

TEST(ComparisonJson, HasAStandingAnOptimizer) {
  ExampleResults example = example_results();
  example.select_adam_by_luck();
  const Json data = json_of(example)["data"][0];
  EXPECT_EQ(data["name"], "digits");
  EXPECT_EQ(data["target_column"], "digit");
  EXPECT_EQ(data["task"], "classification");
  EXPECT_EQ(data["train"], 1150);
  EXPECT_EQ(data["validation"], 288);
  EXPECT_EQ(data["test"], 359);
  EXPECT_EQ(data["layers"], Json::parse("[64, 32, 10]"));
  EXPECT_EQ(data["best"], "adam:eps=1e-07");
  EXPECT_EQ(data["decimals"], 4);
  Json adam = data["optimizers"][1];
  EXPECT_EQ(adam["runs"].size(), 5U);
  EXPECT_EQ(adam["runs"][1], Json::parse(R"({"seed": 6, "status": "finished",
    "test_accuracy": 0.972, "test_loss": 0.25, "train_loss": 0.125, "steps": 72, "seconds": 0.5,
    "steps_to_target": 72, "epochs_to_target": 2, "seconds_to_target": 0.5})"));
  adam.erase("runs");
  EXPECT_EQ(adam, Json::parse(R"({"name": "adam:eps=1e-07", "rule": "adam",
    "tuned": {"lr": 0.00213456, "beta1": 0.99971, "eps": 1e-7}, "at_edge": false,
    "selected_validation": 0.98, "lucky": true,
    "fresh_validation": {"mean": 0.96, "std": 0.005, "ci95": [0.95, 0.97], "n": 5},
    "space": [{"field": "lr", "low": 1e-4, "high": 1.0, "scale": "log"},
              {"field": "beta1", "low": 0.0, "high": 0.99, "scale": "log_gap"}],
    "widened": [{"field": "lr", "low": 0.1, "high": 1.0, "trials": 2}],
    "test_accuracy": {"mean": 0.972, "std": 0.0032, "ci95": [0.9681, 0.9759], "n": 5},
    "train_loss": {"mean": 0.125, "std": 0.0, "ci95": [0.125, 0.125], "n": 5},
    "default": {"hyperparameters": {"lr": 0.001, "beta1": 0.9, "eps": 1e-7},
                "test_accuracy": {"mean": 0.96, "std": 0.0032, "ci95": [0.9561, 0.9639], "n": 5},
                "train_loss": {"mean": null, "std": null, "ci95": null, "n": 0}, "diverged": 0},
    "epochs_to_target": {"median": 2.0, "reached": 4, "of": 5},
    "steps_to_target": {"median": 72.0, "reached": 4, "of": 5},
    "seconds_to_target": {"median": 0.5, "reached": 4, "of": 5},
    "diverged": 0, "diverged_trials": 0, "stopped_trials": 1, "step_seconds": 1.2345e-5,
    "state_bytes_per_parameter": 8, "lr_width_decades": 1.4321,
    "budget": [{"trials": 1, "test_accuracy": 0.96, "std": 0.0032, "ci95": [0.9561, 0.9639],
                "n": 5},
               {"trials": 5, "test_accuracy": 0.972, "std": 0.0032, "ci95": [0.9681, 0.9759],
                "n": 5}],
    "trials": [{"lr": 0.001, "hyperparameters": {}, "status": "finished",
                "validation_accuracy": 0.94},
               {"lr": 0.00213456, "hyperparameters": {"lr": 0.00213456, "beta1": 0.99971},
                "status": "finished", "validation_accuracy": 0.98},
               {"lr": 0.1, "hyperparameters": {"lr": 0.1, "beta1": 0.5}, "status": "stopped",
                "validation_accuracy": null},
               {"lr": 0.25, "hyperparameters": {"lr": 0.25, "beta1": 0.5}, "status": "finished",
                "validation_accuracy": 0.5},
               {"lr": 0.75, "hyperparameters": {"lr": 0.75, "beta1": 0.25}, "status": "finished",
                "validation_accuracy": 0.25}],
    "curve": [{"epoch": 1, "steps": 36, "seconds": 0.25, "n": 5, "train_loss": [0.4, 0.5, 0.6],
               "validation_loss": [0.3, 0.4, 0.5], "validation_accuracy": [0.8, 0.9, 0.95]}]})"));
}

TEST(ComparisonJson, HasEachPair) {
  ExampleResults example = example_results();
  example.comparison().pairs[1].difference.ci95.reset();
  EXPECT_EQ(json_of(example)["data"][0]["pairs"], Json::parse(R"([
    {"a": "momentum", "b": "adam:eps=1e-07", "difference": -0.002, "ci95": [-0.0051, 0.0011],
     "n": 5, "beyond_noise": false},
    {"a": "momentum", "b": "sgd", "difference": 0.029, "ci95": null, "n": 5,
     "beyond_noise": false},
    {"a": "adam:eps=1e-07", "b": "sgd", "difference": 0.031, "ci95": [0.0281, 0.0339], "n": 5,
     "beyond_noise": true}])"));
}

TEST(ComparisonJson, WhatDidNotComeAboutIsNull) {
  ExampleResults example = example_results();
  example.comparison().best.reset();
  example.comparison().target.reset();
  example.standing(0).tuned->runs[0] = example.add_diverged(5);
  example.standing(0).curve = {{.validation_loss = {0.1, std::nan(""), 1 / 0.0}}};
  example.standing(2).tuned.reset();
  const Json data = json_of(example)["data"][0];
  EXPECT_TRUE(data["best"].is_null());
  EXPECT_TRUE(data["target"]["value"].is_null());
  EXPECT_EQ(data["optimizers"][0]["runs"][0], Json::parse(R"({"seed": 5, "status": "diverged",
    "reason": "diverged at step 3", "test_accuracy": null, "test_loss": null, "train_loss": null,
    "steps": 2, "seconds": 0.1, "steps_to_target": null, "epochs_to_target": null,
    "seconds_to_target": null})"));
  EXPECT_EQ(data["optimizers"][0]["curve"][0]["validation_loss"], Json::parse("[0.1, null, null]"));
  const Json& sgd = data["optimizers"][2];
  EXPECT_TRUE(sgd["tuned"].is_null());
  EXPECT_TRUE(sgd["selected_validation"].is_null());
  EXPECT_EQ(sgd["fresh_validation"]["n"], 0);
  EXPECT_EQ(sgd["test_accuracy"],
            Json::parse(R"({"mean": null, "std": null, "ci95": null, "n": 0})"));
  EXPECT_EQ(sgd["runs"], Json::array());
  EXPECT_TRUE(sgd["epochs_to_target"]["median"].is_null());
}

TEST(ComparisonJson, OfSeveralDatasetsHasProfilesAndNoCommonTargetUnlessGiven) {
  ExampleResults example = example_results();
  example.results.comparisons.push_back(example.comparison());
  example.results.profiles = {
      {.factor = {1, 2}, .share = {0.5, 1}}, {.factor = {1}, .share = {0.5}}, {}};
  Json json = json_of(example);
  EXPECT_EQ(json["profiles"][0],
            Json::parse(R"({"optimizer": "momentum", "factor": [1.0, 2.0], "share": [0.5, 1.0]})"));
  EXPECT_EQ(json["profiles"].size(), 3U);
  EXPECT_TRUE(json["protocol"]["target"]["value"].is_null());
  EXPECT_EQ(json["data"][1]["target"]["value"], 0.95);
  example.results.options.target = compare::Target{.value = 0.95};
  json = json_of(example);
  EXPECT_EQ(json["protocol"]["target"],
            Json::parse(R"({"metric": "validation_accuracy", "value": 0.95, "derived": false})"));
  example.results.comparisons[1].metric = compare::metric_of(data::Task::regression);
  json = json_of(example);
  EXPECT_TRUE(json["protocol"]["target"]["metric"].is_null());
  EXPECT_EQ(json["protocol"]["target"]["value"], 0.95);
  // Of the data that have it.
  example.results.options.target->metric = "accuracy";
  example.results.comparisons[1].target = 55;
  json = json_of(example);
  EXPECT_TRUE(json["protocol"]["target"]["value"].is_null());
  EXPECT_TRUE(json["protocol"]["target"]["derived"].is_null());
  EXPECT_EQ(json["data"][0]["target"]["derived"], false);
  EXPECT_EQ(json["data"][1]["target"]["derived"], true);
  EXPECT_EQ(json["data"][1]["optimizers"][0]["test_rmse"]["n"], 5);
}

}  // namespace
}  // namespace ravine::report
