// Components, shares and errors against the update done step by step.
#include "ravine/lab/modes.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace ravine::lab {
namespace {

TEST(Modes, GoTheWayOfTheUpdate) {
  const Modes modes{.curvatures = {0.5, 2, 20}, .start = {3, -1, 0.25}};
  const MomentumSettings settings{.lr = 0.08, .momentum = 0.6};
  std::vector<double> x = modes.start;
  std::vector<double> y(3, 0.0);
  for (std::size_t k = 0; k <= 60; ++k) {
    const auto components = components_after(modes, settings, k);
    const auto shares = error_shares(modes, settings, k);
    double error = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_NEAR(components[i], x[i], 1e-14) << k;
      EXPECT_NEAR(shares[i], modes.curvatures[i] * x[i] * x[i] / 2, 1e-14) << k;
      error += modes.curvatures[i] * x[i] * x[i] / 2;
    }
    EXPECT_NEAR(error_after(modes, settings, k), error, 1e-14);
    for (std::size_t i = 0; i < 3; ++i) {
      y[i] = settings.momentum * y[i] + modes.curvatures[i] * x[i];
      x[i] -= settings.lr * y[i];
    }
  }
}

TEST(Modes, ShareIsHalfTheCurvatureTimesTheSquare) {
  EXPECT_EQ(error_share(3, -2), 6);
  EXPECT_DOUBLE_EQ(error_share(1e-100, 1e200), 5e299);
}

TEST(Modes, ShareOfGradientDescentIsAPowerOfItsFactor) {
  // 1/2 sum (1 - a l)^2k l x^2 with a = 1/4: factors 3/4 and -1/2.
  const Modes modes{.curvatures = {1, 6}, .start = {2, 1}};
  const auto shares = error_shares(modes, {.lr = 0.25}, 3);
  EXPECT_DOUBLE_EQ(shares[0], 0.5 * 729 / 4096 * 4);
  EXPECT_DOUBLE_EQ(shares[1], 0.5 * 6.0 / 64);
}

TEST(Modes, TheSlowestComponentSetsTheRate) {
  EXPECT_DOUBLE_EQ(rate_of(std::vector{1.0, 4.0}, {.lr = 0.4}), 0.6);
  EXPECT_DOUBLE_EQ(rate_of(std::vector{1.0, 4.0}, {.lr = 0.125}), 0.875);
  EXPECT_DOUBLE_EQ(rate_of(std::vector{1.0, 4.0}, {.lr = 0.75}), 2);
}

TEST(Modes, AreStableWhereAllAre) {
  const std::vector<double> curvatures{1, 4};
  EXPECT_TRUE(all_stable(curvatures, {.lr = 0.49}));
  EXPECT_FALSE(all_stable(curvatures, {.lr = 0.5}));
  EXPECT_FALSE(all_stable(curvatures, {.lr = 0}));
  EXPECT_TRUE(all_stable(curvatures, {.lr = 0.5, .momentum = 0.5}));
}

TEST(Modes, StepsToATenth) {
  EXPECT_DOUBLE_EQ(steps_to_a_tenth(std::sqrt(0.1)), 2);
  EXPECT_NEAR(steps_to_a_tenth(std::pow(0.1, 0.001)), 1000, 1e-9);
  EXPECT_EQ(steps_to_a_tenth(0.01), 1);
  EXPECT_EQ(steps_to_a_tenth(0), 1);
  EXPECT_TRUE(std::isinf(steps_to_a_tenth(1)));
  EXPECT_TRUE(std::isinf(steps_to_a_tenth(1.5)));
  EXPECT_TRUE(std::isinf(steps_to_a_tenth(std::nextafter(1, 0))));  // a rounded 1
  EXPECT_TRUE(std::isfinite(steps_to_a_tenth(1 - 1e-14)));
}

}  // namespace
}  // namespace ravine::lab
