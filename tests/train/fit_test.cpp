#include "ravine/train/fit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "made_data.hpp"
#include "ravine/data/datasets.hpp"
#include "ravine/optim/make.hpp"
#include "ravine/tensor/error.hpp"
#include "support/throws.hpp"

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
              .on_epoch = [&](const EpochReport& epoch) { return epochs.push_back(epoch), true; }});
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

TEST(Fit, StopsAfterAnEpochWhenToldAndKeepsIt) {
  const Case chosen{.parts = {.train = halves(64), .test = halves(10)},
                    .options = {.epochs = 5, .batch_size = 8, .seed = 2}};
  const Outcome stopped = train_with(
      chosen,
      {.on_step = {}, .on_epoch = [](const EpochReport& epoch) { return epoch.epoch < 2; }});
  EXPECT_EQ(stopped.result.status, Status::stopped);
  EXPECT_EQ(stopped.result.steps, 2U * 8);
  ASSERT_EQ(stopped.result.epochs.size(), 2U);
  // As if it had never been longer.
  Case shorter = chosen;
  shorter.options.epochs = 2;
  const Outcome whole = train_with(shorter);
  EXPECT_EQ(whole.result.status, Status::finished);
  EXPECT_EQ(stopped.weights, whole.weights);
  EXPECT_EQ(stopped.result.epochs[1].test->loss, whole.result.epochs[1].test->loss);
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

double largest_difference(const Outcome& a, const Outcome& b) {
  double largest = 0;
  for (std::size_t i = 0; i < a.weights.size(); ++i)
    largest = std::max(largest, std::abs(double(a.weights[i]) - double(b.weights[i])));
  return largest;
}

TEST(Fit, AccumulatedBatchesEqualOneLargeBatch) {
  // 108 examples in batches of 8: three times four of them, then one of 8 and one of 4.
  Case chosen{.parts = {.train = halves(108), .test = halves(30)},
              .hidden = {16},
              .options = {.epochs = 3, .batch_size = 32, .seed = 5}};
  const Outcome large = train_with(chosen);
  chosen.options.batch_size = 8;
  chosen.options.accumulate = 4;
  const Outcome accumulated = train_with(chosen);
  EXPECT_EQ(accumulated.result.steps, large.result.steps);
  EXPECT_EQ(accumulated.result.steps, 3U * 4);
  EXPECT_LT(largest_difference(large, accumulated), 2e-5);
  for (std::size_t epoch = 0; epoch < 3; ++epoch)
    EXPECT_NEAR(accumulated.result.epochs[epoch].train_loss, large.result.epochs[epoch].train_loss,
                1e-6);
  chosen.options.accumulate = 2;
  EXPECT_GT(largest_difference(large, train_with(chosen)), 1e-3);  // the comparison can fail
}

TEST(Fit, FollowsAScheduleByStepOrByEpoch) {
  Case chosen{.parts = {.train = halves(64), .test = halves(30)},
              .hidden = {4},
              .optimizer = "sgd",
              .lr = 0.5,
              .options = {.epochs = 3, .batch_size = 16, .seed = 5}};
  std::vector<double> rates;
  const Observer watch{.on_step =
                           [&](const StepReport& step) {
                             rates.push_back(step.lr);
                             return true;
                           },
                       .on_epoch = {}};
  chosen.options.schedule = optim::parse_schedule("warmup:4+constant");
  Outcome outcome = train_with(chosen, watch);
  EXPECT_EQ(rates, (std::vector<double>{.125, .25, .375, .5, .5, .5, .5, .5, .5, .5, .5, .5}));
  EXPECT_EQ(outcome.result.epochs.back().lr, 0.5);

  rates.clear();
  chosen.options.schedule = optim::parse_schedule("exponential:0.5");
  chosen.options.schedule_unit = Unit::epoch;
  outcome = train_with(chosen, watch);
  EXPECT_EQ(rates,
            (std::vector<double>{.5, .5, .5, .5, .25, .25, .25, .25, .125, .125, .125, .125}));
  EXPECT_EQ(outcome.result.epochs[1].lr, 0.25);
}

TEST(Fit, AScheduleWithoutLengthTakesTheRestOfTheRun) {
  Case chosen{.parts = {.train = halves(64), .test = halves(30)},
              .hidden = {4},
              .optimizer = "sgd",
              .options = {.epochs = 3, .batch_size = 16, .seed = 5}};
  chosen.options.schedule = optim::parse_schedule("warmup:4+linear:end_factor=0,start_factor=1");
  std::vector<double> rates;
  train_with(chosen, {.on_step =
                          [&](const StepReport& step) {
                            rates.push_back(step.lr / 0.01);
                            return true;
                          },
                      .on_epoch = {}});
  EXPECT_NEAR(rates[4], 1, 1e-12);
  EXPECT_NEAR(rates[8], 0.5, 1e-12);
  EXPECT_NEAR(rates[11], 0.125, 1e-12);
}

TEST(Fit, PlateauNeedsAPartToWatch) {
  Case chosen{.parts = {.train = halves(64), .test = halves(30)}};
  chosen.options.schedule = optim::parse_schedule("plateau");
  EXPECT_TRUE(test::throws<InputError>([&] { train_with(chosen); },
                                       HasSubstr("set aside (--validation 0.1)")));
}

TEST(Fit, ClipsTheGradientsOfEachStep) {
  // One step of sgd with rate 1 moves the weights by the gradient itself.
  Case chosen{.parts = {.train = halves(64), .test = halves(30)},
              .kind = ModelKind::logistic,
              .optimizer = "sgd",
              .lr = 1,
              .options = {.epochs = 1, .batch_size = 64, .seed = 5}};
  const auto movement = [&] {
    Case still = chosen;
    still.lr = 0;
    const Outcome before = train_with(still);
    const Outcome after = train_with(chosen);
    std::vector<double> change;
    for (std::size_t i = 0; i < before.weights.size(); ++i)
      change.push_back(double(after.weights[i]) - double(before.weights[i]));
    return change;
  };
  const auto norm = [](const std::vector<double>& x) {
    return std::sqrt(std::inner_product(x.begin(), x.end(), x.begin(), 0.0));
  };
  EXPECT_GT(norm(movement()), 0.2);
  chosen.options.clip_norm = 0.1;
  EXPECT_NEAR(norm(movement()), 0.1, 1e-6);
  chosen.options.clip_norm = {};
  chosen.options.clip_value = 0.01;
  for (const double change : movement()) EXPECT_LE(std::abs(change), 0.0100001);
  chosen.options.clip_value = 0;
  EXPECT_TRUE(test::throws<InputError>([&] { train_with(chosen); },
                                       HasSubstr("clip_value must be above 0, 0 was given")));
}

TEST(Fit, JudgesAndKeepsTheAverageOfTheWeights) {
  // Averaged over all steps from the third on, of which there are two: the mean of the weights
  // after steps 3 and 4.
  Case chosen{.parts = {.train = halves(64), .test = halves(30)},
              .kind = ModelKind::logistic,
              .optimizer = "sgd",
              .lr = 1,
              .options = {.epochs = 1, .batch_size = 16, .seed = 5}};
  const auto stopped_after = [&](std::size_t steps) {
    return train_with(
        chosen, {.on_step = [&](const StepReport& s) { return s.step < steps; }, .on_epoch = {}});
  };
  const Outcome third = stopped_after(3);
  const Outcome fourth = train_with(chosen);
  chosen.options.average = optim::parse_average("polyak:start=2");
  const Outcome averaged = train_with(chosen);
  for (std::size_t i = 0; i < averaged.weights.size(); ++i)
    EXPECT_NEAR(averaged.weights[i], (third.weights[i] + fourth.weights[i]) / 2, 1e-6);
  EXPECT_NE(averaged.result.epochs[0].test->loss, fourth.result.epochs[0].test->loss);
}

TEST(Fit, TrainsWithARuleThatNeedsAClosure) {
  Case chosen{.parts = {.train = plane(12), .test = plane(5)},
              .kind = ModelKind::linear,
              .optimizer = "lbfgs",
              .lr = 1,
              .options = {.epochs = 1, .batch_size = 144}};
  EXPECT_LT(*train_with(chosen).result.epochs.back().test->rmse, 1e-2);
  chosen.options.accumulate = 2;
  EXPECT_TRUE(test::throws<InputError>([&] { train_with(chosen); },
                                       HasSubstr("lbfgs evaluates a batch several times")));
}

TEST(Fit, AnotherRunBeginsWithTheSameRate) {
  const data::TrainTest parts{.train = halves(64), .test = halves(30)};
  const Prepared data = prepare(parts, 0, 5);
  Model model = make_model(ModelKind::logistic, {}, Activation::relu, data, 5);
  const auto optimizer = optim::make("sgd:lr=0.1,momentum=0.5", model.network.parameters());
  FitOptions options{.epochs = 2, .batch_size = 16};
  options.schedule = optim::parse_schedule("one_cycle");
  fit(model, data, *optimizer, options);
  EXPECT_EQ(optimizer->get("lr"), optim::Value(0.1));
  EXPECT_EQ(optimizer->get("momentum"), optim::Value(0.5));
}

TEST(Fit, MoreBatchesThanThereAreMakeOneStep) {
  Case chosen{.parts = {.train = halves(64), .test = halves(30)},
              .hidden = {4},
              .options = {.epochs = 2, .batch_size = 16, .seed = 5}};
  chosen.options.accumulate = std::numeric_limits<std::size_t>::max();
  const Outcome outcome = train_with(chosen);
  EXPECT_EQ(outcome.result.status, Status::finished);
  EXPECT_EQ(outcome.result.steps, 2U);
}

}  // namespace
}  // namespace ravine::train
