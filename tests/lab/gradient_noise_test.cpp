// Covariances against the recursion done step by step, and by hand.
#include "ravine/lab/gradient_noise.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "ravine/lab/momentum_matrix.hpp"

namespace ravine::lab {
namespace {

/// Moments of (y, x) under y' = beta y + lambda x + e, x' = x - alpha y', Var e = 1.
struct Moments {
  double yy = 0, xy = 0, xx = 0;
};
Moments after(const MomentumSettings& settings, double curvature, std::size_t k) {
  Moments m;
  for (std::size_t i = 0; i < k; ++i) {
    const double b = settings.momentum;
    const double yy = b * b * m.yy + 2 * b * curvature * m.xy + curvature * curvature * m.xx + 1;
    const double xy_of_new_y = b * m.xy + curvature * m.xx;  // E[y' x]
    const double a = settings.lr;
    m = {yy, xy_of_new_y - a * yy, m.xx - 2 * a * xy_of_new_y + a * a * yy};
  }
  return m;
}

TEST(GradientNoise, CovarianceIsThatOfTheRecursion) {
  for (const MomentumSettings& settings :
       {MomentumSettings{.lr = 0.1}, MomentumSettings{.lr = 0.02, .momentum = 0.9},
        MomentumSettings{.lr = 0.25, .momentum = 0.25}, MomentumSettings{.lr = 3, .momentum = 0.2}})
    for (const std::size_t k : {0U, 1U, 2U, 3U, 7U, 8U, 100U}) {
      const Matrix2 found = noise_covariance(settings, 1, k);
      const Moments expected = after(settings, 1, k);
      const double scale = 1e-12 * (expected.yy + expected.xx + 1);
      EXPECT_NEAR(found.a, expected.yy, scale);
      EXPECT_NEAR(found.b, expected.xy, scale);
      EXPECT_NEAR(found.c, expected.xy, scale);
      EXPECT_NEAR(found.d, expected.xx, scale);
    }
}

TEST(GradientNoise, TheFirstStepsByHand) {
  // After one step x = -alpha e; after two, x = -alpha e2 - alpha (beta + 1 - alpha lambda) e1.
  const MomentumSettings settings{.lr = 0.5, .momentum = 0.25};
  EXPECT_DOUBLE_EQ(noise_covariance(settings, 3, 1).d, 0.25);
  EXPECT_DOUBLE_EQ(noise_covariance(settings, 3, 2).d, 0.25 * (1 + 0.25 * 0.25));
}

TEST(GradientNoise, StationaryVarianceIsTheLimit) {
  for (const double beta : {0.0, 0.25, 0.5, 0.9})
    for (const double product : {0.05, 0.5, 1.0, 1.9}) {
      const MomentumSettings settings{.lr = product / 8, .momentum = beta};
      const double limit = after(settings, 8, 5000).xx;
      EXPECT_NEAR(stationary_variance(settings, 8), limit, 1e-11 * limit);
      EXPECT_NEAR(noise_covariance(settings, 8, 5000).d, limit, 1e-11 * limit);
    }
  // Gradient descent: x' = (1 - al) x - a e, so Var = a^2 / (1 - (1 - al)^2).
  EXPECT_NEAR(stationary_variance({.lr = 0.1}, 2), 0.01 / (1 - 0.64), 1e-15);
}

TEST(GradientNoise, StationaryVarianceIsInfiniteWithoutStability) {
  EXPECT_EQ(stationary_variance({.lr = 1}, 2), std::numeric_limits<double>::infinity());
  EXPECT_EQ(stationary_variance({.lr = 2, .momentum = 0.5}, 2),
            std::numeric_limits<double>::infinity());
  EXPECT_EQ(stationary_variance({.lr = 0}, 2), 0);  // nothing moves
}

}  // namespace
}  // namespace ravine::lab
