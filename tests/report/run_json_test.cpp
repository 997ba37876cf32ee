#include "ravine/report/run_json.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "report/example_run.hpp"

namespace ravine::report {
namespace {

using Json = nlohmann::json;

TEST(TrainJson, IsTheDocumentOthersRead) {
  const std::string line = train_json(example_run(), example_outcome());
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  Json json = Json::parse(line);
  EXPECT_TRUE(json["version"].is_string());
  json.erase("version");
  EXPECT_EQ(json, Json::parse(R"({
    "command": "train",
    "data": {"name": "airfoil", "task": "regression", "features": 5, "classes": 0, "train": 1082,
             "validation": 120, "test": 301},
    "model": {"kind": "linear", "layers": [5, 1], "activation": "relu", "parameters": 6},
    "optimizer": {"name": "momentum", "lr": 0.01, "momentum": 0.8},
    "seed": 3, "threads": 2, "blas": {"core": "Haswell", "threads": 2}, "simd": "avx2",
    "options": {"epochs": 2,
    "batch_size": 10, "accumulate": 1, "schedule": null, "momentum_schedule": null,
    "schedule_unit": "step", "clip_norm": null, "clip_value": null, "average": null},
    "epochs": [
      {"epoch": 1, "train_loss": 1.0, "validation_loss": null, "validation_rmse": null,
       "validation_r2": null, "test_loss": 0.5, "test_rmse": 4.5, "test_r2": 0.75, "lr": 0.01,
       "seconds": 0.25, "examples_per_second": 4328.0},
      {"epoch": 2, "train_loss": 0.5, "validation_loss": null, "validation_rmse": null,
       "validation_r2": null, "test_loss": 0.5, "test_rmse": 4.5, "test_r2": 0.75, "lr": 0.01,
       "seconds": 0.25, "examples_per_second": 4328.0}],
    "final": {"status": "finished", "train_loss": 0.5, "test_loss": 0.5, "test_rmse": 4.5,
              "test_r2": 0.75, "steps": 218, "seconds": 0.75},
    "out": "runs/a"})"));
}

TEST(TrainJson, DivergedRunHasNoMetricsAndAReason) {
  Outcome outcome = example_outcome();
  outcome.fit.status = train::Status::diverged;
  outcome.fit.reason = "diverged at step 7";
  outcome.test = {};
  const Json final = Json::parse(train_json(example_run(), outcome))["final"];
  EXPECT_EQ(final["status"], "diverged");
  EXPECT_EQ(final["reason"], "diverged at step 7");
  for (const char* name : {"train_loss", "test_loss", "test_rmse", "test_r2"})
    EXPECT_TRUE(final.at(name).is_null()) << name;
}

TEST(TrainJson, ForcedCoreIsSaid) {
  auto run = example_run();
  run.environment.forced_core = "Prescott";
  EXPECT_EQ(Json::parse(train_json(run, example_outcome()))["blas"]["forced_core"], "Prescott");
}

TEST(TrainJson, TextThatIsNotUtf8IsWrittenAllTheSame) {
  auto run = example_run();
  run.data.name = "caf\xe9.csv";
  EXPECT_EQ(Json::parse(train_json(run, example_outcome()))["data"]["name"], "caf\xEF\xBF\xBD.csv");
}

TEST(EpochJson, WhatIsNotFiniteIsNull) {
  train::EpochReport epoch = example_outcome().fit.epochs.front();
  epoch.train_loss = std::nan("");
  epoch.examples_per_second = 1 / 0.0;
  const Json json = Json::parse(epoch_json(epoch, data::Task::regression));
  EXPECT_TRUE(json["train_loss"].is_null());
  EXPECT_TRUE(json["examples_per_second"].is_null());
}

TEST(RunJson, HasEveryOptionAndTheEndOnlyWhenItIsThere) {
  const Json begun = Json::parse(run_json(example_run(), {}));
  EXPECT_FALSE(begun.contains("final"));
  EXPECT_EQ(begun["options"],
            Json::parse(R"({"data": "airfoil", "data_dir": "", "target": "", "drop": [],
    "task": null, "missing": "error", "test_fraction": 0.2, "validation": 0.1, "epochs": 2,
    "batch_size": 10, "accumulate": 1, "schedule": null, "momentum_schedule": null,
    "schedule_unit": "step", "clip_norm": null, "clip_value": null, "average": null,
    "seed": 3, "threads": 2})"));
  EXPECT_EQ(begun["cpu"], "a cpu");

  report::Run run = example_run();
  run.fit.schedule = optim::parse_schedule("warmup:500+cosine");
  run.fit.average = optim::parse_average("ema:0.99");
  run.fit.clip_norm = 1.5;
  run.groups = {{"*.bias", {{"lr", 0.5}}}};
  const Json set = Json::parse(run_json(run, {}));
  EXPECT_EQ(set["options"]["schedule"], "warmup:500+cosine");
  EXPECT_EQ(set["options"]["average"], "ema:decay=0.99");
  EXPECT_EQ(set["options"]["clip_norm"], 1.5);
  const Json printed = Json::parse(train_json(run, example_outcome()))["options"];
  for (const auto& [name, value] : printed.items()) EXPECT_EQ(value, set["options"][name]) << name;
  EXPECT_EQ(set["optimizer"]["groups"], Json::parse(R"([{"pattern": "*.bias", "lr": 0.5}])"));

  EXPECT_EQ(Json::parse(run_json(example_run(), example_outcome()))["final"]["status"], "finished");
}

}  // namespace
}  // namespace ravine::report
