// Quadratics, prediction beside run: closed forms worked out here, and "what it must show".
#include "ravine/lab/quadratic.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "ravine/lab/measured_rate.hpp"
#include "ravine/tensor/random.hpp"
#include "support/throws.hpp"

namespace ravine::lab {
namespace {

using testing::HasSubstr;

const std::vector<double> decades{1, 10, 100};

Quadratic decades_with(const SettingsChoice& settings, std::size_t steps = 100) {
  return quadratic(diagonal_problem(decades), {.settings = settings, .steps = steps});
}

/// Random, well conditioned or less so: B'B / n + ridge.
Tensor<double> random_matrix(std::size_t n, double ridge, Generator& generator) {
  std::vector<double> b(n * n);
  for (double& element : b) element = generator.normal();
  Tensor<double> a = Tensor<double>::zeros({n, n});
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      for (std::size_t k = 0; k < n; ++k)
        a[i * n + j] += b[k * n + i] * b[k * n + j] / static_cast<double>(n);
      if (i == j) a[i * n + j] += ridge;
    }
  return a;
}

TEST(Quadratic, PredictsByTheTextsFormulas) {
  const Quadratic result = decades_with({});
  EXPECT_EQ(result.smallest, 1);
  EXPECT_EQ(result.largest, 100);
  EXPECT_DOUBLE_EQ(result.descent.settings.lr, 2.0 / 101);
  EXPECT_DOUBLE_EQ(result.descent.rate, 99.0 / 101);
  EXPECT_DOUBLE_EQ(result.momentum.settings.lr, 4.0 / 121);
  EXPECT_DOUBLE_EQ(result.momentum.settings.momentum, 81.0 / 121);
  EXPECT_DOUBLE_EQ(result.momentum.rate, 9.0 / 11);
  EXPECT_DOUBLE_EQ(result.settings.momentum, 81.0 / 121);
}

TEST(Quadratic, SharesOfGradientDescentArePowers) {
  const Quadratic result = decades_with({.lr = 0.015}, 50);
  for (std::size_t i = 0; i < 3; ++i) {
    const double factor = 1 - 0.015 * decades[i];
    const QuadraticComponent& component = result.components[i];
    EXPECT_DOUBLE_EQ(component.rate, std::abs(factor));
    ASSERT_EQ(component.share.size(), 51U);
    ASSERT_EQ(component.measured_share.size(), 51U);
    for (std::size_t k = 0; k <= 50; ++k) {
      const double share = decades[i] / 2 * std::pow(factor, 2 * static_cast<double>(k));
      EXPECT_NEAR(component.share[k], share, 1e-12 * share);
      EXPECT_NEAR(component.measured_share[k], share, 1e-12 * share);
    }
  }
  EXPECT_NEAR(result.run.values[50],
              result.components[0].share[50] + result.components[1].share[50] +
                  result.components[2].share[50],
              1e-15);
}

// "Closed forms against runs: relative error under 1e-9 over 100 steps."
TEST(Quadratic, ClosedFormsAreTheRuns) {
  Generator generator(11);
  const std::vector<SettingsChoice> choices{{},
                                            {.lr = 0.005},
                                            {.lr = 2.0 / 101},
                                            {.lr = 0.021},
                                            {.lr = 0.03, .momentum = 0.9},
                                            {.momentum = 0.3},
                                            {.lr = 0.05, .momentum = 0.1},
                                            {.lr = 0.01, .momentum = 0}};
  for (const SettingsChoice& choice : choices)
    EXPECT_LT(decades_with(choice).max_closed_form_error, 1e-11);
  for (int i = 0; i < 30; ++i) {
    const std::size_t n = 1 + generator.below(8);
    std::vector<double> b(n);
    std::vector<double> start(n);
    for (double& element : b) element = i % 2 == 0 ? 0 : 10 * generator.normal();
    for (double& element : start) element = generator.normal();
    const QuadraticProblem problem =
        matrix_problem("A", random_matrix(n, i % 3 == 0 ? 1e-6 : 0.1, generator), b);
    EXPECT_LT(quadratic(problem, {.start = start}).max_closed_form_error, 1e-9) << i;
    const double lr = 1.9 * generator.uniform() / problem.curvatures.back();
    EXPECT_LT(quadratic(problem, {.settings = {.lr = lr}, .start = start}).max_closed_form_error,
              1e-9);
    EXPECT_LT(quadratic(problem,
                        {.settings = {.lr = lr, .momentum = generator.uniform()}, .start = start})
                  .max_closed_form_error,
              1e-9);
  }
}

TEST(Quadratic, AnErrorIsSeenInFull) {
  using Points = std::vector<std::vector<double>>;
  const Points closed_form{{3, 4}, {0, 2}, {0, 0.5}, {0, 0.25}};
  const auto error = [&](std::size_t step, double off, double rate = 0) {
    Points run = closed_form;
    run[step][0] += off;
    return closed_form_error(run, closed_form, rate);
  };
  EXPECT_EQ(error(0, 0), 0);
  EXPECT_NEAR(error(0, 1e-6), 1e-6 / 5, 1e-15);                     // |(3, 4)|
  EXPECT_NEAR(error(1, 1e-6), 1e-6 / 5, 1e-15);                     // the size of the step before
  EXPECT_NEAR(error(3, 1e-6), 1e-6 / 0.5, 1e-15);                   // of w's size then
  EXPECT_NEAR(error(3, 1e-6, 0.9), 1e-6 / (0.9 * 0.9 * 5), 1e-15);  // what is left of 5
  EXPECT_TRUE(std::isnan(error(2, std::nan(""))));
  EXPECT_TRUE(std::isnan(closed_form_error(Points{{std::nan("")}, {1}}, Points{{1}, {1}}, 0)));
  // And the run's own: with the momentum 1e-6 higher than it was run with.
  const Quadratic result = decades_with({.lr = 0.015, .momentum = 0.5}, 50);
  Points other;
  for (std::size_t k = 0; k <= 50; ++k) {
    other.emplace_back();
    for (const double curvature : decades)
      other.back().push_back(momentum_factor({.lr = 0.015, .momentum = 0.5 + 1e-6}, curvature, k));
  }
  EXPECT_GT(closed_form_error(result.run.points, other, result.predicted_rate), 1e-7);
  EXPECT_LT(result.max_closed_form_error, 1e-11);
  EXPECT_GT(result.max_closed_form_error, 0);  // rounding
}

TEST(Quadratic, ClosedFormsHoldWhereAComponentPassesThroughZero) {
  // One component whose x swings, so that |w| nearly is 0 at some steps; one step to the minimum
  // that is none for a rounded 1/49 or 1/3; a start without the slow component.
  for (const double curvature : {1.0, 3.0, 49.0}) {
    const QuadraticProblem problem = diagonal_problem(std::vector{curvature});
    for (const SettingsChoice& choice : {SettingsChoice{.lr = 1 / curvature},
                                         SettingsChoice{.lr = 0.4 / curvature, .momentum = 0.81}})
      EXPECT_LT(quadratic(problem, {.settings = choice}).max_closed_form_error, 1e-12);
  }
  const QuadraticProblem turned = matrix_problem("A", Tensor<double>({2, 2}, {2, 1, 1, 2}));
  EXPECT_LT(quadratic(turned, {.settings = {.lr = 0.3}, .start = {0.7, 0.7}}).max_closed_form_error,
            1e-12);
}

// "Measured rate within 1 % of predicted after 200 steps."
TEST(Quadratic, MeasuredRatesAreThePredicted) {
  Generator generator(12);
  const auto expect_rate = [](const Quadratic& result) {
    ASSERT_TRUE(result.measured_rate);
    EXPECT_NEAR(*result.measured_rate, result.predicted_rate,
                1e-3 * result.predicted_rate + 1e-7);  // 0 twice
    for (const QuadraticComponent& component : result.components) {
      ASSERT_TRUE(component.measured_rate);
      EXPECT_NEAR(*component.measured_rate, component.rate, 1e-3 * component.rate + 1e-7);
    }
  };
  expect_rate(decades_with({}, 200));  // equal eigenvalues at both ends
  expect_rate(decades_with({.lr = 2.0 / 101}, 200));
  expect_rate(decades_with({.lr = 0.01, .momentum = 0.9}, 200));
  expect_rate(decades_with({.lr = 0.025}, 200));  // diverges
  expect_rate(decades_with({.lr = 0.05, .momentum = 0.5}, 200));
  for (int i = 0; i < 20; ++i) {
    const std::size_t n = 1 + generator.below(6);
    std::vector<double> b(n);
    for (double& element : b) element = i % 2 == 0 ? 0 : generator.normal();
    const QuadraticProblem problem = matrix_problem("A", random_matrix(n, 0.05, generator), b);
    const double most = problem.curvatures.back();
    expect_rate(quadratic(problem, {.steps = 200}));
    expect_rate(
        quadratic(problem, {.settings = {.lr = 1.99 * generator.uniform() / most}, .steps = 200}));
    expect_rate(quadratic(
        problem, {.settings = {.lr = 1 / most, .momentum = generator.uniform()}, .steps = 200}));
  }
}

/// No knowledge of the settings: what a run's rule did is measured, and not what it should do.
TEST(Quadratic, ARunWithOtherSettingsHasItsOwnRate) {
  for (const double curvature : {1.0, 3.0}) {
    const QuadraticProblem problem = diagonal_problem(std::vector{curvature});
    // As the update is in the texts, with a momentum of 0.64 that nothing below is told of.
    std::vector<double> x{1};
    double velocity = 0;
    for (int k = 0; k < 200; ++k) {
      velocity = 0.64 * velocity + curvature * x.back();
      x.push_back(x.back() - 0.5 * velocity);
    }
    std::vector<double> sizes = x;
    for (double& size : sizes) size = std::abs(size);
    const double measured = *measured_rate(x, sizes);
    EXPECT_NEAR(measured, 0.8, 1e-9);
    const Quadratic claimed =
        quadratic(problem, {.settings = {.lr = 0.5, .momentum = 0.6}, .steps = 200});
    EXPECT_GT(std::abs(measured - claimed.predicted_rate), 0.02);
    EXPECT_NEAR(*claimed.measured_rate, std::sqrt(0.6), 1e-9);
  }
}

// The rate as the run's error alone tells it: away from equal eigenvalues, the error of the second
// half falls by rate^2 a step.
TEST(Quadratic, TheErrorFallsByTheMeasuredRate) {
  for (const SettingsChoice& choice :
       {SettingsChoice{.lr = 0.015}, SettingsChoice{.lr = 0.001, .momentum = 0.5}}) {
    const Quadratic result = decades_with(choice, 600);
    const double fall = std::pow(result.run.values[600] / result.run.values[300], 1.0 / 600);
    EXPECT_NEAR(fall, *result.measured_rate, 1e-6);
  }
}

TEST(Quadratic, OneCurvatureTakesOneStep) {
  const Quadratic result = quadratic(diagonal_problem(std::vector{5.0}), {});
  EXPECT_NEAR(result.predicted_rate, 0, 1e-15);
  EXPECT_NEAR(result.measured_rate.value(), 0, 1e-15);
  EXPECT_EQ(result.settings.momentum, 0);
}

TEST(Quadratic, DivergesWithFiniteNumbers) {
  const Quadratic result = decades_with({.lr = 10}, 1000);
  EXPECT_TRUE(result.run.diverged);
  EXPECT_LT(result.run.points.size(), 1000U);
  EXPECT_NEAR(*result.measured_rate, 999, 1e-6);
  EXPECT_LT(result.max_closed_form_error, 1e-11);
  EXPECT_EQ(result.components[2].share.size(), 1001U);
}

TEST(Quadratic, AComponentThatStartsAtRestIsNotMeasured) {
  const Quadratic result = quadratic(diagonal_problem(std::vector{1.0, 4.0}),
                                     {.settings = {.lr = 0.3}, .start = {0, 1}});
  EXPECT_EQ(result.components[0].measured_rate, std::nullopt);
  EXPECT_DOUBLE_EQ(result.predicted_rate, 0.7);
  EXPECT_NEAR(*result.measured_rate, 0.2, 1e-12);
}

TEST(Quadratic, ConditionedBadlyIsSlowAsPredicted) {
  const Quadratic result =
      quadratic(diagonal_problem(std::vector{1e-4, 1.0, 100.0}), {.steps = 200});
  EXPECT_NEAR(result.predicted_rate, 999.0 / 1001, 1e-7);
  EXPECT_NEAR(*result.measured_rate, 999.0 / 1001, 1e-6);
  EXPECT_LT(result.max_closed_form_error, 1e-9);
}

TEST(Quadratic, RefusesWhatCannotBe) {
  const auto refusal = [](const QuadraticOptions& options) {
    return test::message([&] { quadratic(diagonal_problem(decades), options); });
  };
  EXPECT_EQ(refusal({.start = {1, 2}}), "start: 2 numbers for 3 components (give 3)");
  EXPECT_THAT(refusal({.settings = {.lr = 0.1, .momentum = 1}}),
              HasSubstr("momentum must be in [0, 1), 1 was given"));
  EXPECT_THAT(refusal({.settings = {.momentum = -0.5}}), HasSubstr("-0.5 was given"));
  EXPECT_THAT(refusal({.settings = {.lr = -1}}), HasSubstr("lr must be in [0, inf), -1 was given"));
  EXPECT_THAT(refusal({.start = {1, 2, std::nan("")}}), HasSubstr("number 3 is nan"));
  EXPECT_THAT(refusal({.steps = 1'000'000'000}), HasSubstr("too many (at most 266666)"));
  EXPECT_EQ(refusal({.settings = {.lr = 1e308}}),
            "lr: 1e+308 times the largest eigenvalue, 100, must be at most 1e+150 (a larger one "
            "diverges at once)");
}

}  // namespace
}  // namespace ravine::lab
