#include "ravine/lab/steps_to_tolerance.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>

#include "ravine/lab/best_settings.hpp"

namespace ravine::lab {
namespace {

/// By running the update on every component, step by step.
std::size_t by_running(const Modes& modes, const MomentumSettings& settings, double tolerance) {
  std::vector<double> x = modes.start;
  std::vector<double> v(x.size(), 0.0);
  for (std::size_t k = 0;; ++k) {
    double error = 0;
    for (std::size_t i = 0; i < x.size(); ++i) error += modes.curvatures[i] * x[i] * x[i] / 2;
    if (error <= tolerance) return k;
    for (std::size_t i = 0; i < x.size(); ++i) {
      v[i] = settings.momentum * v[i] + modes.curvatures[i] * x[i];
      x[i] -= settings.lr * v[i];
    }
  }
}

TEST(StepsToTolerance, AreThoseOfARun) {
  const Modes modes{.curvatures = {0.01, 0.3, 1, 4}, .start = {3, -2, 0.5, 1}};
  for (const double tolerance : {1e-2, 1e-6, 1e-10}) {
    for (const MomentumSettings& settings :
         {best_descent(0.01, 4).settings, MomentumSettings{.lr = 0.1},
          best_momentum(0.01, 4).settings, MomentumSettings{.lr = 0.1, .momentum = 0.9},
          MomentumSettings{.lr = 0.9, .momentum = 0.99}})
      EXPECT_EQ(steps_to_tolerance(modes, settings, tolerance),
                by_running(modes, settings, tolerance))
          << settings.lr << ' ' << settings.momentum << ' ' << tolerance;
  }
}

TEST(StepsToTolerance, AreNoneWhereTheStartWillDo) {
  const Modes modes{.curvatures = {2}, .start = {0.1}};  // error 0.01
  EXPECT_EQ(steps_to_tolerance(modes, {.lr = 0.1}, 0.011), 0U);
  EXPECT_EQ(steps_to_tolerance(modes, {.lr = 0.1, .momentum = 0.5}, 0.011), 0U);
}

/// |1 - 1e-9|^2k = 1e-6 at k = 3 ln(10) / 1e-9: too many to run. 1 - 1e-9 has a relative rounding
/// error of 1e-16, and 1e-9 in it one of 1e-7.
TEST(StepsToTolerance, OfDescentMayBeBillions) {
  const Modes modes{.curvatures = {2}, .start = {1}};
  const auto steps = steps_to_tolerance(modes, {.lr = 0.5e-9}, 1e-6);
  ASSERT_TRUE(steps.has_value());
  EXPECT_NEAR(static_cast<double>(*steps), 3 * std::log(10.0) * 1e9, 1000);
}

/// 1 - 1 * 1 = 0: all of the error is gone in a step, and 2, which would swing, starts at 0.
TEST(StepsToTolerance, ComponentsThatStartAtZeroStayThere) {
  const Modes modes{.curvatures = {1, 2, 50}, .start = {1, 0, 0}};
  EXPECT_EQ(steps_to_tolerance(modes, {.lr = 1}, 1e-6), 1U);
  // v = 0.5 v + x, x = x - v has the limit 4 on the curvature 3; that of 50 would overflow.
  const MomentumSettings momentum{.lr = 1, .momentum = 0.5};
  EXPECT_EQ(steps_to_tolerance(modes, momentum, 1e-6),
            by_running({.curvatures = {1}, .start = {1}}, momentum, 1e-6));
}

/// 1/2 0.1^2k + 1e-4 1.1^2k for curvatures 1, 2.33...: below 2e-3 at first, and above it for good.
TEST(StepsToTolerance, AnErrorThatGrowsMayBeSmallBefore) {
  const double lr = 0.9;
  const double curvature = 2.1 / lr;
  const Modes modes{.curvatures = {1, curvature}, .start = {1, std::sqrt(2e-4 / curvature)}};
  EXPECT_GT(0.5 * 1e-2, 2e-3);
  EXPECT_LT(0.5 * 1e-4 + 1e-4 * std::pow(1.1, 4), 2e-3);
  EXPECT_EQ(steps_to_tolerance(modes, {.lr = lr}, 2e-3), 2U);
  EXPECT_EQ(steps_to_tolerance(modes, {.lr = lr}, 1e-6), std::nullopt);
}

/// R has the eigenvalues s = -1.000001 and 0.5 / s: the error would overflow after 350 million
/// steps.
TEST(StepsToTolerance, MomentumThatGrowsIsGivenUpAtOnce) {
  const Modes modes{.curvatures = {1.5 + 1.000001 + 0.5 / 1.000001}, .start = {1}};
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 1000; ++i)
    EXPECT_EQ(steps_to_tolerance(modes, {.lr = 1, .momentum = 0.5}, 1e-6), std::nullopt);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

TEST(StepsToTolerance, ThereAreNoneAboveTheLimit) {
  const Modes modes{.curvatures = {1, 2}, .start = {1, 1}};
  EXPECT_EQ(steps_to_tolerance(modes, {.lr = 1}, 1e-6), std::nullopt);  // 2 stays, in turns
  EXPECT_EQ(steps_to_tolerance(modes, {.lr = 1.1}, 1e-6), std::nullopt);
}

}  // namespace
}  // namespace ravine::lab
