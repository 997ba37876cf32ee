// Expected errors under noise: by hand, by moments, and by the runs ("what it must show").
#include "ravine/lab/noise.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "support/throws.hpp"

namespace ravine::lab {
namespace {

using testing::HasSubstr;

TEST(Noise, OfGradientDescentIsAGeometricSum) {
  // x' = c x - a e: E f = l/2 (c^2k x^2 + sigma^2 a^2 (1 - c^2k) / (1 - c^2)), c = 0.6.
  const Noise result = noise({.curvatures = {4},
                              .sigma = 0.5,
                              .settings = {.lr = 0.1},
                              .start = {3},
                              .steps = 30,
                              .runs = 2});
  ASSERT_EQ(result.expected.size(), 31U);
  for (std::size_t k = 0; k <= 30; ++k) {
    const double decay = std::pow(0.36, static_cast<double>(k));
    EXPECT_NEAR(result.deterministic[k], 2 * decay * 9, 1e-13);
    EXPECT_NEAR(result.stochastic[k], 2 * 0.25 * 0.01 * (1 - decay) / 0.64, 1e-15);
    EXPECT_NEAR(result.expected[k], result.deterministic[k] + result.stochastic[k], 1e-15);
  }
  EXPECT_NEAR(result.noise_floor, 2 * 0.25 * 0.01 / 0.64, 1e-15);
}

TEST(Noise, ExpectedErrorIsThatOfTheRecursionOfMoments) {
  const NoiseOptions options{.curvatures = {0.5, 6},
                             .sigma = 2,
                             .settings = {.lr = 0.15, .momentum = 0.7},
                             .start = {2, -1},
                             .steps = 50,
                             .runs = 2};
  const Noise result = noise(options);
  struct Moments {
    double yy, xy, xx;
  };
  std::vector<Moments> moments{{0, 0, 4}, {0, 0, 1}};  // E of squares, not centred
  for (std::size_t k = 0; k <= 50; ++k) {
    double expected = 0;
    for (std::size_t i = 0; i < 2; ++i) {
      const double l = options.curvatures[i];
      auto& [yy, xy, xx] = moments[i];
      expected += l * xx / 2;
      const double new_yy = 0.49 * yy + 2 * 0.7 * l * xy + l * l * xx + 4;
      const double crossed = 0.7 * xy + l * xx;
      moments[i] = {new_yy, crossed - 0.15 * new_yy, xx - 0.3 * crossed + 0.15 * 0.15 * new_yy};
    }
    EXPECT_NEAR(result.expected[k], expected, 1e-12 * expected);
    EXPECT_NEAR(expected_error(options, result.settings, k), expected, 1e-12 * expected);
  }
  // By then the start is forgotten.
  const double late = expected_error(options, result.settings, 3000);
  EXPECT_NEAR(late, result.noise_floor, 1e-12 * late);
}

// "Monte Carlo within three standard errors." Over 12 independent experiments, the one number of
// each is beyond 3 by chance once in 31 such sets; of the steps, 99.7 % lie within.
TEST(Noise, RunsAreWithinThreeStandardErrors) {
  double squares = 0;
  std::size_t within = 0;
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    const std::vector<SettingsChoice> choices{
        {}, {.lr = 0.015}, {.lr = 0.01, .momentum = 0.9}, {.momentum = 0.5}};
    const Noise result = noise({.settings = choices[seed % 4], .runs = 500, .seed = seed});
    EXPECT_LT(result.monte_carlo.agreement.overall_deviation, 3) << seed;
    squares += std::pow(result.monte_carlo.agreement.overall_deviation, 2);
    within += result.monte_carlo.agreement.steps_within_three;
  }
  EXPECT_GT(within, 1200U * 97 / 100);
  // Neither are they too close: chi-square of 12 lies in [3, 26] with 98 %.
  EXPECT_GT(squares, 3);
  EXPECT_LT(squares, 26);
}

TEST(Noise, ItsAgreementIsWithWhatIsExpected) {
  const Noise result = noise({.runs = 500, .seed = 4});
  const MonteCarlo& runs = result.monte_carlo;
  std::size_t within = 0;
  double largest = 0;
  for (std::size_t k = 1; k <= 100; ++k) {
    const double off = std::abs(runs.mean[k] - result.expected[k]) / runs.standard_error[k];
    within += off <= 3 ? 1 : 0;
    largest = std::max(largest, off);
  }
  EXPECT_EQ(runs.agreement.steps_compared, 100U);
  EXPECT_EQ(runs.agreement.steps_within_three, within);
  EXPECT_EQ(runs.agreement.largest_deviation, largest);
  const Noise one = noise({.steps = 1, .runs = 500, .seed = 4});
  EXPECT_EQ(
      one.monte_carlo.agreement.overall_deviation,
      std::abs(one.monte_carlo.mean[1] - one.expected[1]) / one.monte_carlo.standard_error[1]);
}

TEST(Noise, StandardErrorIsThatOfTheMean) {
  const Noise few = noise({.curvatures = {1}, .settings = {.lr = 0.5}, .runs = 1000});
  // f = x^2 / 2 in the long run, Var x = 0.25 / 0.75: mean 1/6, deviation of f is sqrt 2 of that.
  EXPECT_NEAR(few.monte_carlo.standard_error[100], std::sqrt(2.0) / 6 / std::sqrt(1000.0), 1e-3);
  EXPECT_EQ(few.monte_carlo.standard_error[0], 0);
  EXPECT_EQ(few.monte_carlo.mean[0], 0.5);
}

TEST(Noise, FollowsItsSeed) {
  const auto mean = [](std::uint64_t seed) {
    return noise({.runs = 10, .seed = seed}).monte_carlo.mean[50];
  };
  EXPECT_EQ(mean(1), mean(1));
  EXPECT_NE(mean(1), mean(2));
}

TEST(Noise, WithoutNoiseOnlyTheStartIsLeft) {
  const Noise result = noise({.sigma = 0, .runs = 5});
  EXPECT_EQ(result.noise_floor, 0);
  for (std::size_t k = 0; k <= 100; ++k) {
    EXPECT_EQ(result.stochastic[k], 0);
    EXPECT_NEAR(result.monte_carlo.mean[k], result.deterministic[k],
                1e-9 * result.deterministic[k]);
  }
  EXPECT_EQ(result.monte_carlo.agreement.largest_deviation, 0);
  EXPECT_EQ(result.monte_carlo.agreement.overall_deviation, 0);
  EXPECT_EQ(result.monte_carlo.agreement.steps_compared, 0U);
}

TEST(Noise, HasNoFloorWithoutStability) {
  const Noise result = noise({.curvatures = {1, 4}, .settings = {.lr = 0.6}, .runs = 2});
  EXPECT_FALSE(result.is_stable);
  EXPECT_EQ(result.noise_floor, std::numeric_limits<double>::infinity());
  EXPECT_GT(result.expected[100], 1e20);
  EXPECT_NEAR(result.rate, 1.4, 1e-14);
  // Beyond all numbers nothing is compared: a variance of f has 1.4^4k, above 1e308 from 527 on.
  const MonteCarlo runs =
      noise({.curvatures = {1, 4}, .settings = {.lr = 0.6}, .steps = 1500, .runs = 5}).monte_carlo;
  EXPECT_NEAR(static_cast<double>(runs.agreement.steps_compared), 527, 3);
  EXPECT_TRUE(std::isfinite(runs.agreement.overall_deviation));
}

TEST(Noise, WhatIsNotFiniteHasNoStandardError) {
  const MonteCarlo runs = noise({.settings = {.lr = 0.05}, .steps = 1000, .runs = 10}).monte_carlo;
  EXPECT_FALSE(std::isfinite(runs.mean[1000]));
  EXPECT_FALSE(std::isfinite(runs.standard_error[1000]));
  EXPECT_LT(runs.agreement.steps_compared, 200U);
}

TEST(Noise, BelowRoundingIsNotCompared) {
  const Noise result = noise({.sigma = 1e-200, .steps = 10, .runs = 5});
  EXPECT_EQ(result.monte_carlo.agreement.steps_compared, 0U);
  EXPECT_EQ(result.monte_carlo.agreement.largest_deviation, 0);
}

TEST(Noise, MapHasTheBestOfItsCells) {
  const NoiseOptions options{.curvatures = {1, 4}, .sigma = 0.5, .steps = 20};
  const ErrorMap map = error_map(options);
  EXPECT_DOUBLE_EQ(map.largest_lr, 1);
  ASSERT_EQ(map.error.size(), 6400U);
  // The cell in the 21st column of the first row: lr 20.5/80, momentum 0.5/80.
  EXPECT_EQ(map.error[20], expected_error(options, {.lr = 20.5 / 80, .momentum = 0.5 / 80}, 20));
  EXPECT_EQ(map.error[79], std::numeric_limits<double>::infinity());
  EXPECT_EQ(map.best_error, *std::ranges::min_element(map.error));
  EXPECT_EQ(map.best_error, expected_error(options, map.best, 20));
}

TEST(Noise, AFasterRateCostsAHigherFloor) {
  // Without momentum, by hand: floor = sigma^2 a / 2 sum 1 / (2 - a l), rate 1 - a for small a.
  const TradeOff plain = trade_off({.curvatures = {1, 4}, .sigma = 3}, 0);
  for (std::size_t i = 0; i < plain.rate.size(); ++i) {
    const double a = 1 - plain.rate[i];
    EXPECT_NEAR(plain.floor[i], 4.5 * a * (1 / (2 - a) + 1 / (2 - 4 * a)), 1e-9);
  }
  EXPECT_TRUE(std::ranges::is_sorted(plain.floor));
  EXPECT_TRUE(std::ranges::is_sorted(plain.rate, std::greater()));
  EXPECT_NEAR(plain.rate.back(), 0.6, 1e-12);  // lr 2/5
}

TEST(Noise, RefusesWhatCannotBe) {
  const auto refusal = [](const NoiseOptions& options) {
    return test::message([&] { noise(options); });
  };
  EXPECT_EQ(refusal({.sigma = -1}), "sigma must be from 0 to 1e+100, -1 was given");
  EXPECT_THAT(refusal({.sigma = std::nan("")}), HasSubstr("sigma must be from 0 to 1e+100, nan"));
  EXPECT_THAT(refusal({.sigma = 1e308}), HasSubstr("sigma must be from 0 to 1e+100, 1e+308"));
  EXPECT_EQ(refusal({.runs = 1}), "runs must be at least 2 for a standard error, 1 was given");
  EXPECT_THAT(refusal({.curvatures = {1, 0}}), HasSubstr("eigenvalues: number 2 is 0"));
  EXPECT_THAT(refusal({.start = {1}}), HasSubstr("start: 1 number for 3 components (give 3)"));
  EXPECT_THAT(refusal({.start = {1, 2, std::nan("")}}), HasSubstr("number 3 is nan"));
  EXPECT_THAT(refusal({.settings = {.momentum = 1}}), HasSubstr("momentum must be in [0, 1)"));
  EXPECT_THAT(refusal({.settings = {.lr = -1}}), HasSubstr("lr must be in [0, inf)"));
  EXPECT_THAT(refusal({.runs = 10'000'000}), HasSubstr("too many (at most 333333)"));
  EXPECT_EQ(refusal({.steps = 33'334, .runs = 1000}),
            "steps: 33334 of 1000 runs of 3 components are too many (at most 33333)");
  EXPECT_THAT(refusal({.steps = 1'000'000, .runs = 2}), HasSubstr("too many (at most 500000)"));
  EXPECT_EQ(refusal({.start = {1e200, 1, 1}}),
            "start: the function's value there is inf (start where it is finite)");
}

}  // namespace
}  // namespace ravine::lab
