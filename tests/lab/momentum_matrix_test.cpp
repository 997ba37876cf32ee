// R, its eigenvalues and powers against multiplication step by step, and by hand.
#include "ravine/lab/momentum_matrix.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "ravine/tensor/random.hpp"

namespace ravine::lab {
namespace {

/// R^k by k multiplications, in more digits than a double has.
struct Wide {
  long double a = 1, b = 0, c = 0, d = 1;
};
Wide multiplied(const MomentumSettings& settings, double curvature, std::size_t k) {
  const long double alpha = settings.lr;
  const long double beta = settings.momentum;
  const long double lambda = curvature;
  Wide power;
  for (std::size_t i = 0; i < k; ++i)
    power = {beta * power.a + lambda * power.c, beta * power.b + lambda * power.d,
             -alpha * beta * power.a + (1 - alpha * lambda) * power.c,
             -alpha * beta * power.b + (1 - alpha * lambda) * power.d};
  return power;
}

void expect_power(const MomentumSettings& settings, double curvature, std::size_t k,
                  double tolerance) {
  const Matrix2 power = momentum_power(settings, curvature, k);
  const Wide exact = multiplied(settings, curvature, k);
  const auto size =
      static_cast<double>(std::abs(exact.a) + std::abs(exact.d) + std::abs(exact.b) / curvature +
                          std::abs(exact.c) * curvature);
  const auto near = [&](double found, long double expected, double unit) {
    EXPECT_NEAR(found, static_cast<double>(expected), tolerance * size * unit)
        << "lr " << settings.lr << " momentum " << settings.momentum << " curvature " << curvature
        << " k " << k;
  };
  near(power.a, exact.a, 1);
  near(power.b, exact.b, curvature);
  near(power.c, exact.c, 1 / curvature);
  near(power.d, exact.d, 1);
}

TEST(MomentumMatrix, IsOneStepOfTheUpdate) {
  const MomentumSettings settings{.lr = 0.25, .momentum = 0.5};
  const Matrix2 r = momentum_matrix(settings, 3);
  // y' = 0.5 y + 3 x, x' = x - 0.25 y', at (y, x) = (2, 5): y' = 16, x' = 1.
  EXPECT_DOUBLE_EQ(r.a * 2 + r.b * 5, 16);
  EXPECT_DOUBLE_EQ(r.c * 2 + r.d * 5, 1);
}

// Half the trace h and the determinant beta by hand, h +- sqrt(h^2 - beta) by Python's decimal.
TEST(MomentumMatrix, EigenvaluesAreTheRootsOfItsCharacteristicEquation) {
  // h = (1 + 0.9 - 0.6) / 2 = 0.65
  const auto complex = momentum_eigenvalues({.lr = 0.02, .momentum = 0.9}, 30);
  EXPECT_NEAR(complex[0].real(), 0.65, 1e-15);
  EXPECT_NEAR(complex[0].imag(), 0.691013748054263, 1e-14);
  EXPECT_EQ(complex[1], std::conj(complex[0]));
  // h = (1 + 0.04 - 0.3) / 2 = 0.37
  const auto positive = momentum_eigenvalues({.lr = 0.3, .momentum = 0.04}, 1);
  EXPECT_NEAR(positive[0].real(), 0.681287648325467, 1e-14);
  EXPECT_NEAR(positive[1].real(), 0.058712351674532, 1e-14);
  // h = (1 + 0.1 - 3.6) / 2 = -1.25; the larger in size comes first.
  const auto negative = momentum_eigenvalues({.lr = 0.9, .momentum = 0.1}, 4);
  EXPECT_NEAR(negative[0].real(), -2.459338662244782, 1e-14);
  EXPECT_NEAR(negative[1].real(), -0.040661337755218, 1e-14);
}

TEST(MomentumMatrix, EigenvaluesHaveItsTraceAndDeterminant) {
  Generator generator(5);
  for (int i = 0; i < 1000; ++i) {
    const double curvature = std::exp(10 * generator.uniform() - 5);
    const MomentumSettings settings{.lr = 5 * generator.uniform() / curvature,
                                    .momentum = generator.uniform()};
    const Matrix2 r = momentum_matrix(settings, curvature);
    const auto [first, second] = momentum_eigenvalues(settings, curvature);
    EXPECT_NEAR(std::abs(first + second - (r.a + r.d)), 0, 1e-14);
    EXPECT_NEAR(std::abs(first * second - (r.a * r.d - r.b * r.c)), 0, 2e-14);
    EXPECT_EQ(momentum_rate(settings, curvature), std::abs(first));
  }
}

TEST(MomentumMatrix, ComplexEigenvaluesAreRootBetaInSizeWhateverTheCurvature) {
  for (const double curvature : {0.5, 1.0, 2.0, 3.0})
    EXPECT_NEAR(momentum_rate({.lr = 1, .momentum = 0.81}, curvature), 0.9, 1e-15);
}

TEST(MomentumMatrix, PowersAreProducts) {
  Generator generator(6);
  for (int i = 0; i < 300; ++i) {
    const double curvature = std::exp(6 * generator.uniform() - 3);
    const MomentumSettings settings{.lr = 4.5 * generator.uniform() / curvature,
                                    .momentum = generator.uniform()};
    for (const std::size_t k : {0U, 1U, 2U, 3U, 10U, 100U})
      expect_power(settings, curvature, k, 1e-12);
  }
}

TEST(MomentumMatrix, PowersHoldWhereEigenvaluesMeet) {
  // alpha lambda = (1 - sqrt beta)^2 and (1 + sqrt beta)^2 exactly, and a little beside.
  for (const double root : {0.5, 0.75, 0.875})
    for (const double product : {(1 - root) * (1 - root), (1 + root) * (1 + root)})
      for (const double aside : {0.0, 1e-15, -1e-15, 1e-12, -1e-12, 1e-8, -1e-8, 1e-4, -1e-4})
        for (const std::size_t k : {1U, 2U, 7U, 100U})
          expect_power({.lr = product * (1 + aside), .momentum = root * root}, 1, k, 1e-11);
  // Much momentum and a small rate: both eigenvalues are near 1.
  for (const double left : {1e-2, 1e-4, 1e-6})
    for (const double product : {0.1 * left, left * left / 4, 1e-3 * left * left})
      for (const std::size_t k : {1U, 10U, 500U})
        expect_power({.lr = product, .momentum = 1 - left}, 1, k, 1e-13);
  // By hand: s = 1/2 twice, R^k = k s^(k-1) R - (k-1) s^k I, and x after k steps is
  // k s^(k-1) 3/4 - (k-1) s^k = (k + 2) / 2^(k+1).
  const MomentumSettings critical{.lr = 0.25, .momentum = 0.25};
  EXPECT_DOUBLE_EQ(momentum_factor(critical, 1, 1), 3.0 / 4);
  EXPECT_DOUBLE_EQ(momentum_factor(critical, 1, 2), 4.0 / 8);
  EXPECT_DOUBLE_EQ(momentum_factor(critical, 1, 10), 12.0 / 2048);
}

TEST(MomentumMatrix, WithoutMomentumAStepIsAFactor) {
  for (const double product : {0.0, 0.3, 1.0, 1.7, 2.0, 2.5})
    for (const std::size_t k : {0U, 1U, 5U, 20U}) {
      const double expected = std::pow(1 - product, static_cast<double>(k));
      EXPECT_NEAR(momentum_factor({.lr = product / 8}, 8, k), expected, 1e-14 * std::abs(expected));
    }
  EXPECT_DOUBLE_EQ(momentum_rate({.lr = 0.5}, 3), 0.5);
}

TEST(MomentumMatrix, IsStableWhereItsRateIsBelowOne) {
  Generator generator(6);
  for (int i = 0; i < 2000; ++i) {
    const MomentumSettings settings{.lr = 2.5 * generator.uniform() - 0.2,
                                    .momentum = 1.2 * generator.uniform()};
    const double rate = momentum_rate(settings, 2);
    if (std::abs(rate - 1) < 1e-9) continue;
    EXPECT_EQ(is_stable(settings, 2), rate < 1) << settings.lr << ", " << settings.momentum;
  }
  EXPECT_FALSE(is_stable({.lr = 0, .momentum = 0.5}, 2));  // nothing moves
  EXPECT_FALSE(is_stable({.lr = 1}, 2));                   // 2 + 2 beta
  EXPECT_FALSE(is_stable({.lr = 1.5, .momentum = 0.5}, 2));
  EXPECT_TRUE(is_stable({.lr = 1.499, .momentum = 0.5}, 2));
  EXPECT_FALSE(is_stable({.lr = 0.1, .momentum = 1}, 2));
}

/// The sign is that of the last power that a double holds, times that of s for each step since.
TEST(MomentumMatrix, IsInfiniteBeyondADoublesRange) {
  const double infinity = std::numeric_limits<double>::infinity();
  for (const double momentum : {0.0, 0.5, 0.9}) {
    const MomentumSettings settings{.lr = 4.5, .momentum = momentum};  // s is negative
    std::size_t k = 1;
    while (std::abs(momentum_factor(settings, 1, k)) < 1e300) ++k;
    const double sign = momentum_factor(settings, 1, k) < 0 ? -1 : 1;
    EXPECT_EQ(momentum_factor(settings, 1, k + 100'000), sign * infinity) << momentum;
    EXPECT_EQ(momentum_factor(settings, 1, k + 100'001), -sign * infinity) << momentum;
    const Matrix2 power = momentum_power(settings, 1, k + 100'000);
    for (const double entry : {power.a, power.b, power.c, power.d}) EXPECT_FALSE(std::isnan(entry));
  }
}

}  // namespace
}  // namespace ravine::lab
