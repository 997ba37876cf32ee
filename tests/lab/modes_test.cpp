// Components, shares and errors against the update done step by step.
#include "ravine/lab/modes.hpp"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace ravine::lab
