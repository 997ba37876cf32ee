#include <cmath>
#include <fstream>
#include <sstream>

#include "apps/command.hpp"
#include "ravine/data/datasets.hpp"
#include "ravine/tensor/linalg.hpp"
#include "support/datasets.hpp"

namespace ravine::apps {
namespace {

using data::testing::content_of;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string digits_command =
    "train --data digits --hidden 32 --lr 0.01 --epochs 3 --seed 1 --quiet";

/// The documents in a file with one a line.
std::vector<Json> lines_of(const std::filesystem::path& path) {
  std::istringstream in(content_of(path));
  std::vector<Json> documents;
  for (std::string line; std::getline(in, line);) documents.push_back(Json::parse(line));
  return documents;
}

TEST(Train, JsonHasItsNames) {
  const Json json = ravine_json(words(digits_command + " --validation 0.1 --threads 1"));
  EXPECT_EQ(json["command"], "train");
  EXPECT_EQ(json["version"], "0.1.0");
  EXPECT_EQ(json["data"]["name"], "digits");
  EXPECT_EQ(json["data"]["task"], "classification");
  EXPECT_EQ(json["data"]["features"], 64);
  EXPECT_EQ(json["data"]["classes"], 10);
  const auto& data = json["data"];
  EXPECT_EQ(data["train"].get<int>() + data["validation"].get<int>() + data["test"].get<int>(),
            1797);
  EXPECT_NEAR(data["validation"].get<int>(), 0.1 * 0.8 * 1797, 10);
  EXPECT_EQ(json["model"], Json::parse(R"({"kind": "mlp", "layers": [64, 32, 10],
      "activation": "relu", "parameters": 2410})"));
  EXPECT_EQ(json["optimizer"]["name"], "adam");
  EXPECT_EQ(json["optimizer"]["lr"], 0.01);
  EXPECT_EQ(json["optimizer"]["beta1"], 0.9);
  EXPECT_EQ(json["optimizer"]["bias_correction"], true);
  EXPECT_EQ(json["seed"], 1);
  EXPECT_EQ(json["threads"], 1);
  EXPECT_TRUE(json["blas"]["core"].is_string());
  EXPECT_EQ(json["blas"]["threads"], 1);
  EXPECT_TRUE(json["out"].is_null());
  ASSERT_EQ(json["epochs"].size(), 3U);
  for (const char* name : {"train_loss", "validation_loss", "test_loss", "test_accuracy", "lr",
                           "seconds", "examples_per_second"})
    EXPECT_TRUE(json["epochs"][2][name].is_number()) << name;
  EXPECT_EQ(json["epochs"][2]["epoch"], 3);
  EXPECT_EQ(json["final"]["status"], "finished");
  EXPECT_EQ(json["final"]["test_accuracy"], json["epochs"][2]["test_accuracy"]);
  EXPECT_EQ(json["final"]["test_loss"], json["epochs"][2]["test_loss"]);
  EXPECT_EQ(json["final"]["train_loss"], json["epochs"][2]["train_loss"]);
}

TEST(Train, RegressionReportsInTheTargetsUnits) {
  const Json json = ravine_json(words("train --data diabetes --model linear --epochs 5"));
  EXPECT_EQ(json["data"]["task"], "regression");
  EXPECT_EQ(json["data"]["classes"], 0);
  // The target runs from 25 to 346; a model that has learned nothing is off by its deviation, 77.
  EXPECT_GT(json["final"]["test_rmse"], 30);
  EXPECT_LT(json["final"]["test_rmse"], 90);
  EXPECT_TRUE(json["final"]["test_r2"].is_number());
  EXPECT_FALSE(json["final"].contains("test_accuracy"));
}

TEST(Train, IsTheSameTwice) {
  const Folder folder;
  const auto run = [&](const char* name) {
    const auto out = folder.path() / name;
    const Json json = ravine_json(words(digits_command + " --out", {out}));
    Json lines = Json::array();
    for (const Json& line : lines_of(out / "metrics.jsonl")) lines.push_back(without_times(line));
    return std::tuple(without_times(json), lines, content_of(out / "model.safetensors"));
  };
  EXPECT_EQ(run("a"), run("b"));
}

TEST(Train, AnotherSeedIsAnotherRun) {
  const Json a = ravine_json(words(digits_command));
  const Json b = ravine_json(words(digits_command + " --seed 2"));
  EXPECT_EQ(b["seed"], 2);
  EXPECT_NE(a["final"]["train_loss"], b["final"]["train_loss"]);
}

TEST(Train, FolderHoldsTheRun) {
  const Folder folder;
  const auto out = folder.path() / "runs" / "first";
  const Json printed = ravine_json(words(digits_command + " --out", {out}));
  EXPECT_EQ(printed["out"], out.string());
  EXPECT_EQ(Json(lines_of(out / "metrics.jsonl")), printed["epochs"]);
  const Json run = Json::parse(content_of(out / "run.json"));
  EXPECT_EQ(run["final"], printed["final"]);
  EXPECT_EQ(run["optimizer"], printed["optimizer"]);
  EXPECT_EQ(run["options"]["batch_size"], 32);
  EXPECT_EQ(run["options"]["test_fraction"], 0.2);
  EXPECT_TRUE(std::filesystem::exists(out / "model.safetensors"));
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(out)) ++files;
  EXPECT_EQ(files, 3U);
}

TEST(Train, WritesNothingWithoutAFolder) {
  const Process process = ravine(words(digits_command));
  EXPECT_EQ(process.status, 0);
  EXPECT_EQ(process.err, "");
  EXPECT_THAT(process.out, HasSubstr("test       accuracy 0."));
  EXPECT_THAT(process.out, Not(HasSubstr("saved")));
}

TEST(Train, DivergedRunSaysSoAndLeavesNoModel) {
  const Folder folder;
  const auto out = folder.path() / "run";
  const Words good = words("train --quiet --json --data diabetes --model linear --out", {out});
  ASSERT_EQ(ravine(good).status, 0);
  ASSERT_TRUE(std::filesystem::exists(out / "model.safetensors"));

  Words bad = good;
  bad.insert(bad.end(), {"--optimizer", "sgd", "--lr", "1e6", "--epochs", "50"});
  const Process process = ravine(bad);
  EXPECT_EQ(process.status, 1);
  EXPECT_THAT(process.err, ::testing::StartsWith("ravine: error: diverged at step "));
  EXPECT_THAT(process.err, HasSubstr("learning rate 1e+06"));
  EXPECT_THAT(process.err, Not(HasSubstr("-nan")));
  EXPECT_EQ(std::ranges::count(process.err, '\n'), 1);
  const Json json = Json::parse(process.out);
  EXPECT_EQ(json["final"]["status"], "diverged");
  EXPECT_TRUE(json["final"]["test_rmse"].is_null());
  EXPECT_FALSE(std::filesystem::exists(out / "model.safetensors"));
  EXPECT_TRUE(std::filesystem::exists(out / "metrics.jsonl"));
  EXPECT_EQ(Json::parse(content_of(out / "run.json"))["final"], json["final"]);
}

TEST(Train, WarnsOfALossAboveThatOfAConstant) {
  const std::string command =
      "train --quiet --data diabetes --model linear --optimizer sgd --epochs 30 --lr ";
  const Process bad = ravine(words(command + "0.45"));
  EXPECT_EQ(bad.status, 0);
  EXPECT_THAT(bad.err, StartsWith("ravine: warning: the training loss at the end, "));
  EXPECT_THAT(
      bad.err,
      HasSubstr("is above that of a constant prediction, 0.5 (try a smaller learning rate)"));
  EXPECT_EQ(ravine(words(command + "0.01")).err, "");
  EXPECT_EQ(ravine(words(command + "1e-6")).err, "");  // too short, and still falling
}

TEST(Train, InterruptedRunIsSaved) {
  const Folder folder;
  const Process process =
      ravine(words("train --json --data digits --epochs 1000000 --out", {folder.path() / "run"}),
             {.interrupt_at = "epoch"});
  EXPECT_EQ(process.status, 130);
  const Json json = Json::parse(process.out);
  EXPECT_EQ(json["final"]["status"], "stopped");
  const Json evaluated =
      ravine_json(words("evaluate --data digits --model", {folder.path() / "run"}));
  EXPECT_EQ(evaluated["test_accuracy"], json["final"]["test_accuracy"]);
}

/// The error of least squares on the standardised features and a column of ones, on the test part,
/// in the target's units: what no linear model is better than on the training part.
double least_squares_rmse(const data::TrainTest& parts) {
  const auto design = [](const data::Dataset& dataset) {
    const Tensor<float> x = dataset.features.floats();
    Tensor<double> a = Tensor<double>::ones({dataset.size(), dataset.feature_count() + 1});
    for (std::size_t i = 0; i < dataset.size(); ++i)
      for (std::size_t j = 0; j < dataset.feature_count(); ++j)
        a.at({i, j}) = static_cast<double>(x.at({i, j}));
    return a;
  };
  const auto targets = [](const data::Dataset& dataset) {
    return Tensor<double>({dataset.size()}, std::vector<double>(dataset.targets.values().begin(),
                                                                dataset.targets.values().end()));
  };
  const Tensor<double> solution = lstsq(design(parts.train), targets(parts.train)).solution;
  const Tensor<double> a = design(parts.test);
  const Tensor<double> y = targets(parts.test);
  double squares = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    double predicted = 0;
    for (std::size_t j = 0; j < solution.size(); ++j) predicted += a.at({i, j}) * solution[j];
    squares += (predicted - y[i]) * (predicted - y[i]);
  }
  return std::sqrt(squares / static_cast<double>(y.size()));
}

/// How much larger the error of the issue's linear model is than that of least squares.
double airfoil_excess(std::uint64_t seed) {
  const Json json = ravine_json(
      words("train --data airfoil --model linear --optimizer momentum --lr 0.01 --set momentum=0.9 "
            "--batch-size 10 --epochs 20 --seed " +
            std::to_string(seed)));
  return json["final"]["test_rmse"].get<double>() /
             least_squares_rmse(data::load("airfoil", {.seed = seed})) -
         1;
}

// Steps of a constant size along noisy gradients end around the optimum: by lr / (1 - momentum) =
// 0.1, six weights and batches of ten, about 0.1 * 6 / (2 * 10) = 3 % above it in squared error,
// 1.5 % in its root, with as much spread from seed to seed.
TEST(Train, AirfoilFindsLeastSquares) {
  if (!test::dataset_is_there("airfoil")) GTEST_SKIP() << "datasets/fetch airfoil";
  constexpr std::uint64_t seeds = 10;
  double mean = 0;
  for (std::uint64_t seed = 0; seed < seeds; ++seed) mean += airfoil_excess(seed) / seeds;
  EXPECT_NEAR(mean, 0, 0.02);
  EXPECT_NEAR(airfoil_excess(0), 0, 0.02);
}

TEST(Train, MnistReachesTheReference) {
  if (!test::dataset_is_there("mnist")) GTEST_SKIP() << "datasets/fetch mnist";
  const Json json = ravine_json(
      words("train --data mnist --model mlp --hidden 256,128 --optimizer adam --lr 1e-3 "
            "--batch-size 64 --epochs 5 --seed 1"));
  EXPECT_EQ(json["model"]["parameters"], 235146);
  EXPECT_EQ(json["data"]["train"], 60000);
  EXPECT_EQ(json["data"]["test"], 10000);
  EXPECT_GE(json["final"]["test_accuracy"], 0.974);
}

}  // namespace
}  // namespace ravine::apps
