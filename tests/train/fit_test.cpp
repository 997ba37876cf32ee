#include "ravine/train/fit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "made_data.hpp"
#include "ravine/data/datasets.hpp"
#include "ravine/optim/make.hpp"
#include "ravine/tensor/error.hpp"

namespace ravine::train {
namespace {

using testing::HasSubstr;

struct Outcome {
  FitResult result;
  std::vector<float> weights;
};

struct Case {
  data::TrainTest parts;
  ModelKind kind = ModelKind::mlp;
  std::vector<std::size_t> hidden = {};
  const char* optimizer = "adam";
  double lr = 0.01;
  FitOptions options = {};
};

Outcome train_with(const Case& chosen, const Observer& observer = {}) {
  const Prepared data = prepare(chosen.parts, 0, chosen.options.seed);
  Model model = make_model(chosen.kind, chosen.hidden, Activation::relu, data, chosen.options.seed);
  const auto optimizer =
      optim::make(chosen.optimizer, model.network.parameters(), {{"lr", chosen.lr}});
  FitResult result = fit(model, data, *optimizer, chosen.options, observer);
  std::vector<float> weights;
  for (const auto& parameter : model.network.parameters())
    weights.insert(weights.end(), parameter->value.values().begin(),
                   parameter->value.values().end());
  return {.result = std::move(result), .weights = std::move(weights)};
}

TEST(Fit, FindsAPlaneWithoutNoise) {
  const auto [result, weights] = train_with({.parts = {.train = plane(12), .test = plane(5)},
                                             .kind = ModelKind::linear,
                                             .optimizer = "momentum",
                                             .lr = 0.02,
                                             .options = {.epochs = 60, .batch_size = 16}});
  ASSERT_EQ(result.status, Status::finished);
  ASSERT_EQ(result.epochs.size(), 60U);
  EXPECT_EQ(result.steps, 60U * 9);
  EXPECT_LT(*result.epochs.back().test->rmse, 1e-3);
  EXPECT_NEAR(*result.epochs.back().test->r2, 1, 1e-6);
}

TEST(Fit, LearnsTheShippedDigits) {
  const auto [result, weights] =
      train_with({.parts = data::load("digits"),
                  .hidden = {32},
                  .options = {.epochs = 20, .batch_size = 32, .seed = 3}});
  EXPECT_GT(*result.epochs.back().test->accuracy, 0.95);
  EXPECT_LT(result.epochs.back().train_loss, result.epochs.front().train_loss / 5);
}

TEST(Fit, TheSameSeedGivesTheSameBits) {
  const Case chosen{.parts = {.train = halves(300), .test = halves(30)},
                    .hidden = {16},
                    .options = {.epochs = 3, .batch_size = 32, .seed = 5}};
  const Outcome a = train_with(chosen);
  const Outcome b = train_with(chosen);
  EXPECT_EQ(a.weights, b.weights);
  EXPECT_EQ(a.result.epochs.back().train_loss, b.result.epochs.back().train_loss);
  Case other = chosen;
  other.options.seed = 6;
  EXPECT_NE(train_with(other).weights, a.weights);
}

TEST(Fit, ReportsEveryStepAndEpoch) {
  std::vector<StepReport> steps;
  std::vector<EpochReport> epochs;
  train_with({.parts = {.train = halves(70), .test = halves(10)},
              .lr = 0.03,
              .options = {.epochs = 2, .batch_size = 32}},
             {.on_step = [&](const StepReport& step) { return steps.push_back(step), true; },
              .on_epoch = [&](const EpochReport& epoch) { epochs.push_back(epoch); }});
  ASSERT_EQ(steps.size(), 6U);  // 32 + 32 + 6, twice
  EXPECT_EQ(steps[4].step, 5U);
  EXPECT_EQ(steps[4].epoch, 2U);
  EXPECT_EQ(steps[4].step_of_epoch, 2U);
  EXPECT_EQ(steps[4].steps_per_epoch, 3U);
  EXPECT_EQ(steps[4].lr, 0.03);
  ASSERT_EQ(epochs.size(), 2U);
  // The epoch's loss weighs each batch by its size.
  EXPECT_NEAR(epochs[0].train_loss,
              (32 * steps[0].loss + 32 * steps[1].loss + 6 * steps[2].loss) / 70, 1e-6);
}

TEST(Fit, StopsWhenTold) {
  const auto [result, weights] = train_with(
      {.parts = {.train = halves(64), .test = halves(10)}, .options = {.batch_size = 8}},
      {.on_step = [](const StepReport& step) { return step.step < 11; }, .on_epoch = {}});
  EXPECT_EQ(result.status, Status::stopped);
  EXPECT_EQ(result.steps, 11U);
  EXPECT_EQ(result.epochs.size(), 1U);
}

TEST(Fit, DivergenceSaysWhereAndLeavesTheWeightsFinite) {
  const auto [result, weights] = train_with({.parts = {.train = plane(8), .test = plane(3)},
                                             .kind = ModelKind::linear,
                                             .optimizer = "sgd",
                                             .lr = 1e12,
                                             .options = {.epochs = 50, .batch_size = 8}});
  EXPECT_EQ(result.status, Status::diverged);
  EXPECT_THAT(result.reason, HasSubstr("diverged at step "));
  EXPECT_THAT(result.reason, HasSubstr("gradient norm"));
  EXPECT_THAT(result.reason, HasSubstr("'0."));
  EXPECT_THAT(result.reason, HasSubstr("learning rate 1e+12"));
  for (const float weight : weights) EXPECT_TRUE(std::isfinite(weight));
}

TEST(Fit, ALastStepThatSpoilsTheWeightsIsDivergence) {
  // One step only: its loss and gradient are finite, the rate times the gradient is not.
  const auto [result, weights] = train_with({.parts = {.train = plane(8), .test = plane(3)},
                                             .kind = ModelKind::linear,
                                             .optimizer = "sgd",
                                             .lr = 1e300,
                                             .options = {.epochs = 1, .batch_size = 64}});
  EXPECT_EQ(result.status, Status::diverged);
  EXPECT_THAT(result.reason, HasSubstr("'0.weight' is no longer finite"));
}

TEST(Fit, RefusesNoEpochsAndNoBatch) {
  const data::TrainTest parts{.train = halves(64), .test = halves(10)};
  EXPECT_THROW(train_with({.parts = parts, .options = {.epochs = 0}}), InputError);
  EXPECT_THROW(train_with({.parts = parts, .options = {.batch_size = 0}}), InputError);
}

}  // namespace
}  // namespace ravine::train
