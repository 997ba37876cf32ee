#include "ravine/train/lr_find.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "made_data.hpp"
#include "ravine/data/datasets.hpp"
#include "ravine/optim/make.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/random.hpp"
#include "ravine/train/evaluate.hpp"
#include "ravine/train/fit.hpp"
#include "support/throws.hpp"

namespace ravine::train {
namespace {

using testing::HasSubstr;

/// Two features with correlation 0.6, of mean 0 and variance 1, and their sum, which points along
/// the eigenvector of the larger eigenvalue, 1.6.
data::Dataset correlated() {
  constexpr float s = 0.8F;  // sqrt(1 - 0.6^2)
  std::vector<float> features;
  std::vector<float> targets;
  for (const float a : {-1.0F, 1.0F})
    for (const float b : {-1.0F, 1.0F}) {
      features.insert(features.end(), {a, 0.6F * a + s * b});
      targets.push_back(a + 0.6F * a + s * b);
    }
  return made(data::Task::regression, 2, features, targets);
}

struct Trainee {
  Prepared data;
  Model model;
  std::unique_ptr<optim::Optimizer<float>> optimizer;
};

Trainee trainee(const data::Dataset& train, ModelKind kind, const char* optimizer,
                const std::vector<std::size_t>& hidden = {}) {
  Trainee result{.data = prepare({.train = train, .test = {}}, 0, 1), .model = {}, .optimizer = {}};
  result.model = make_model(kind, hidden, Activation::relu, result.data, 1);
  result.optimizer = optim::make(optimizer, result.model.network.parameters());
  return result;
}

std::vector<float> weights_of(nn::Module<float>& network) {
  std::vector<float> weights;
  for (const auto& parameter : network.parameters())
    weights.insert(weights.end(), parameter->value.values().begin(),
                   parameter->value.values().end());
  return weights;
}

/// Losses of half the mean squared error under gradient descent with rates of their own: the error
/// along an eigenvector v of eigenvalue l is multiplied by 1 - lr l each step.
std::vector<double> predicted(const std::vector<float>& start, const std::vector<LrPoint>& curve) {
  const double root = std::sqrt(2.0);
  // The standardised target is (x0 + x1) / sqrt(3.2); the bias is an eigenvector of eigenvalue 1.
  const double solution = 1 / std::sqrt(3.2);
  const double e0 = start[0] - solution;
  const double e1 = start[1] - solution;
  double error[] = {(e0 + e1) / root, (e0 - e1) / root, start[2]};
  constexpr double eigenvalue[] = {1.6, 0.4, 1};
  std::vector<double> losses;
  for (const LrPoint& point : curve) {
    double loss = 0;
    for (int i = 0; i < 3; ++i) {
      loss += eigenvalue[i] * error[i] * error[i] / 2;
      error[i] *= 1 - point.lr * eigenvalue[i];
    }
    losses.push_back(loss);
  }
  return losses;
}

TEST(FindLr, FollowsGradientDescentInClosedForm) {
  Trainee trained = trainee(correlated(), ModelKind::linear, "sgd");
  const std::vector<float> start = weights_of(trained.model.network);
  const LrFindResult result = find_lr(trained.model, trained.data, *trained.optimizer,
                                      {.from = 1e-3, .to = 1, .steps = 40, .batch_size = 4});
  ASSERT_EQ(result.curve.size(), 40U);
  EXPECT_FALSE(result.blew_up);
  EXPECT_DOUBLE_EQ(result.curve.front().lr, 1e-3);
  EXPECT_NEAR(result.curve.back().lr, 1, 1e-12);
  EXPECT_NEAR(result.curve[13].lr, 1e-2, 1e-12);  // a third of the way
  const std::vector<double> losses = predicted(start, result.curve);
  for (std::size_t i = 0; i < losses.size(); ++i)
    EXPECT_NEAR(result.curve[i].loss, losses[i], 1e-5 * losses[0]) << i;
}

TEST(FindLr, TheLossTurnsUpAtTwoOverTheLargestEigenvalue) {
  Trainee trained = trainee(correlated(), ModelKind::linear, "sgd");
  // Near the threshold, so that the error along the larger eigenvector is not lost to rounding.
  const LrFindResult result = find_lr(trained.model, trained.data, *trained.optimizer,
                                      {.from = 1.1, .to = 6, .steps = 60, .batch_size = 4});
  const auto lowest = std::ranges::min_element(result.curve, {}, &LrPoint::loss);
  const double threshold = 2 / 1.6;
  EXPECT_GE(lowest->lr, threshold);
  EXPECT_LT((lowest - 1)->lr, threshold);
  EXPECT_TRUE(result.blew_up);
  EXPECT_LT(result.curve.size(), 60U);
  const auto best = std::ranges::min_element(result.curve, {}, &LrPoint::smoothed);
  EXPECT_GT(result.curve.back().smoothed, 4 * best->smoothed);
  for (auto point = best; point != result.curve.end() - 1; ++point)
    EXPECT_LE(point->smoothed, 4 * best->smoothed);
}

TEST(FindLr, SuggestsARateThatTrains) {
  const data::TrainTest parts = data::load("digits");
  for (const char* optimizer : {"sgd", "momentum", "adam", "rmsprop"}) {
    Trainee trained = trainee(parts.train, ModelKind::mlp, optimizer, {64});
    const auto suggestion = find_lr(trained.model, trained.data, *trained.optimizer).suggestion;
    ASSERT_TRUE(suggestion) << optimizer;
    for (const double rate : {suggestion->steepest, suggestion->minimum}) {
      Trainee fresh = trainee(parts.train, ModelKind::mlp, optimizer, {64});
      fresh.optimizer->set("lr", rate);
      const FitResult result = fit(fresh.model, fresh.data, *fresh.optimizer, {.epochs = 10});
      EXPECT_EQ(result.status, Status::finished) << optimizer << ' ' << rate;
      EXPECT_GT(evaluate(fresh.model, parts.test).accuracy.value(), 0.9)
          << optimizer << ' ' << rate;
    }
  }
}

TEST(FindLr, LeavesModelAndOptimizerAsTheyWere) {
  Trainee trained = trainee(halves(64), ModelKind::mlp, "adam:lr=0.01", {8});
  const std::vector<float> start = weights_of(trained.model.network);
  const LrFindResult first =
      find_lr(trained.model, trained.data, *trained.optimizer, {.batch_size = 8});
  EXPECT_EQ(trained.optimizer->get("lr"), optim::Value(0.01));
  EXPECT_EQ(trained.optimizer->steps(), 0U);
  for (const auto& entry : trained.optimizer->state().arrays)
    for (const float value : entry.tensor.values()) EXPECT_EQ(value, 0);
  EXPECT_EQ(weights_of(trained.model.network), start);
  EXPECT_NEAR(first.curve.front().lr, 1e-5, 1e-15);  // three decades below the optimizer's own
  const LrFindResult second =
      find_lr(trained.model, trained.data, *trained.optimizer, {.batch_size = 8});
  ASSERT_EQ(second.curve.size(), first.curve.size());
  EXPECT_EQ(second.curve.back().loss, first.curve.back().loss);
}

TEST(FindLr, EndsWhereALossIsNotFinite) {
  Trainee trained = trainee(plane(8), ModelKind::linear, "sgd");
  const LrFindResult result = find_lr(trained.model, trained.data, *trained.optimizer,
                                      {.from = 1e20, .to = 1e30, .steps = 50});
  EXPECT_TRUE(result.blew_up);
  EXPECT_LT(result.curve.size(), 3U);
  for (const LrPoint& point : result.curve) EXPECT_TRUE(std::isfinite(point.loss));
  EXPECT_FALSE(result.suggestion);
}

TEST(FindLr, SuggestsNothingWhereTheLossNeverFalls) {
  Trainee trained = trainee(halves(300), ModelKind::mlp, "sgd", {8});
  const LrFindResult result = find_lr(trained.model, trained.data, *trained.optimizer,
                                      {.from = 1e-15, .to = 1e-12, .batch_size = 16});
  EXPECT_EQ(result.curve.size(), 300U);
  EXPECT_FALSE(result.blew_up);
  EXPECT_FALSE(result.suggestion);
}

TEST(FindLr, RefusesARangeThatCannotBe) {
  Trainee trained = trainee(halves(64), ModelKind::logistic, "sgd");
  const auto refusal = [&](const LrFindOptions& options) {
    return test::message(
        [&] { find_lr(trained.model, trained.data, *trained.optimizer, options); });
  };
  EXPECT_THAT(refusal({.from = 0}), HasSubstr("must be above 0, 0 was given"));
  EXPECT_THAT(refusal({.from = -1}), HasSubstr("must be above 0, -1 was given"));
  EXPECT_THAT(refusal({.from = 0.1, .to = 0.1}),
              HasSubstr("must be above the lowest, 0.1, 0.1 was given (--lr-max)"));
  EXPECT_THAT(refusal({.to = INFINITY}), HasSubstr("inf was given"));
  EXPECT_THAT(refusal({.steps = 9}), HasSubstr("steps must be at least 10, 9 was given"));
  EXPECT_THAT(refusal({.batch_size = 0}), HasSubstr("batch"));
  EXPECT_EQ(trained.optimizer->get("lr"), optim::Value(0.01));
}

TEST(SmoothedLosses, WorkedByHand) {
  // a = 0.98 a + 0.02 loss: 0.02, 0.0596, 0.078408; divided by 0.02, 0.0396, 0.058808.
  const std::vector<double> smoothed = smoothed_losses({1, 2, 1});
  ASSERT_EQ(smoothed.size(), 3U);
  EXPECT_NEAR(smoothed[0], 1, 1e-12);
  EXPECT_NEAR(smoothed[1], 0.0596 / 0.0396, 1e-12);
  EXPECT_NEAR(smoothed[2], 0.078408 / 0.058808, 1e-12);
  EXPECT_NEAR(smoothed_losses(std::vector<double>(200, 3.5)).back(), 3.5, 1e-12);
}

/// A curve of rates from 1e-5 up, `to_a_decade` of them, and losses without noise.
std::vector<LrPoint> curve_of(const std::vector<double>& smoothed, double to_a_decade = 1) {
  std::vector<LrPoint> curve;
  for (const double loss : smoothed)
    curve.push_back({.lr = std::pow(10.0, static_cast<double>(curve.size()) / to_a_decade - 5),
                     .loss = loss,
                     .smoothed = loss});
  return curve;
}

TEST(SuggestedLr, IsWhereTheLossFallsFastestBeforeItsMinimum) {
  // Of three points the least-squares slope is half the difference of the outer two. After the
  // five of the start: -1 (9, 8, 7), -2.5 (8, 7, 3), -2.25 (7, 3, 2.5); then the loss rises.
  const auto found = suggested_lr(curve_of({10, 10, 10, 10, 10, 9, 8, 7, 3, 2.5, 50, 4}));
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->steepest, 1e2, 1e-10);
  EXPECT_NEAR(found->minimum, 1e3, 1e-9);
  const auto to_the_end = suggested_lr(curve_of({10, 10, 10, 10, 10, 10, 9, 4}));
  ASSERT_TRUE(to_the_end);
  EXPECT_NEAR(to_the_end->steepest, 1e1, 1e-11);
}

TEST(SuggestedLr, FitsALineToADecade) {
  // Of five points the slope is (-2 a - b + d + 2 e) / 10, steepest over 10 9 7 5 4: -1.6; the
  // largest fall from one point to the next is the earlier one to 9.9, out of 13.
  const auto found = suggested_lr(
      curve_of({13, 13, 13, 13, 13, 13, 9.9, 10, 10, 10, 9, 7, 5, 4, 4, 3.9, 4, 9}, 4));
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->steepest, std::pow(10.0, 11 / 4.0 - 5), 1e-12);
  EXPECT_NEAR(found->minimum, std::pow(10.0, 15 / 4.0 - 6), 1e-12);
}

TEST(SuggestedLr, TakesWhatThereIsOfADecade) {
  // Ten points to a decade and four between the start and the minimum.
  const auto found = suggested_lr(curve_of({9, 9, 9, 9, 9, 8, 6, 3, 2, 9, 9}, 10));
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->steepest, std::pow(10.0, 0.7 - 5), 1e-12);
}

TEST(SuggestedLr, IsNoneWithoutAFallBeyondNoise) {
  EXPECT_FALSE(suggested_lr({}));
  EXPECT_FALSE(suggested_lr(curve_of({3, 3, 3, 3, 3, 2, 1})));
  EXPECT_FALSE(suggested_lr(curve_of({1, 1, 1, 1, 1, 2, 3, 4, 5})));
  // Losses of 1, 2, 2, 2 and 3 have the variance 1/2: 2.5 deviations are 2.5 sqrt(1/10 + 1/198).
  std::vector<LrPoint> curve = curve_of({1, 2, 2, 2, 3, 2, 2, 1.19});
  EXPECT_FALSE(suggested_lr(curve));
  curve.back().smoothed = 1.18;
  EXPECT_TRUE(suggested_lr(curve));
}

/// 300 rates from 1e-5 to 10 and losses around 1, with the standard deviation 0.3, that fall by
/// `fall` around a rate of 1e-2 (nine tenths of it between 10^-2.3 and 10^-1.7) and rise from 1 on.
std::vector<LrPoint> noisy_curve(double fall, std::uint64_t seed) {
  Generator generator(seed);
  std::vector<LrPoint> curve;
  std::vector<double> losses;
  for (int i = 0; i < 300; ++i) {
    const double x = 6 * i / 299.0 - 5;
    const double level = 1 - fall / (1 + std::exp(-10 * (x + 2))) + 4 * std::max(x, 0.0);
    losses.push_back(level + 0.3 * generator.normal());
    curve.push_back({.lr = std::pow(10.0, x), .loss = losses.back(), .smoothed = 0});
  }
  const std::vector<double> smoothed = smoothed_losses(losses);
  for (std::size_t i = 0; i < curve.size(); ++i) curve[i].smoothed = smoothed[i];
  return curve;
}

TEST(SuggestedLr, IsNotDrawnToTheNoiseAtTheStart) {
  // The average lags by up to the decade that it spans.
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const auto found = suggested_lr(noisy_curve(0.5, seed));
    ASSERT_TRUE(found) << seed;
    EXPECT_GT(found->steepest, 0.5e-2) << seed;
    EXPECT_LT(found->steepest, 1e-1) << seed;
  }
}

TEST(SuggestedLr, RarelyTakesNoiseForAFall) {
  int found = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed)
    if (suggested_lr(noisy_curve(0, seed))) ++found;
  EXPECT_LE(found, 20);
}

TEST(FindLr, SuggestsMuchTheSameWhateverTheSeed) {
  for (const char* name : {"diabetes", "digits", "iris"})
    for (const char* rule : {"sgd", "momentum", "adam", "rmsprop"}) {
      std::vector<double> rates;
      for (std::uint64_t seed = 0; seed < 10; ++seed) {
        const Prepared data = prepare(data::load(name, {.seed = seed}), 0, seed);
        Model model = make_model(ModelKind::mlp, {{64}}, Activation::relu, data, seed);
        const auto optimizer = optim::make(rule, model.network.parameters());
        const LrFindResult result = find_lr(model, data, *optimizer, {.seed = seed});
        if (result.suggestion) rates.push_back(result.suggestion->steepest);
      }
      ASSERT_GE(rates.size(), 9U) << name << ' ' << rule;
      std::ranges::sort(rates);
      const double median = rates[rates.size() / 2];
      const auto near = std::ranges::count_if(
          rates, [&](double rate) { return rate > median / 3 && rate < median * 3; });
      EXPECT_GE(near, 9) << name << ' ' << rule << ' ' << rates.front() << ' ' << median << ' '
                         << rates.back();
    }
}

}  // namespace
}  // namespace ravine::train
