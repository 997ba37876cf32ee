// Rates measured on sequences whose rates are known.
#include "ravine/lab/measured_rate.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "ravine/tensor/random.hpp"

namespace ravine::lab {
namespace {

std::vector<double> sizes_of(const std::vector<double>& x) {
  std::vector<double> sizes = x;
  for (double& size : sizes) size = std::abs(size);
  return sizes;
}

/// x'' = (1 + beta - alpha lambda) x' - beta x from x = 1 at rest.
std::vector<double> recursion(double product, double beta, std::size_t steps) {
  std::vector<double> x{1, 1 - product};
  while (x.size() <= steps)
    x.push_back((1 + beta - product) * x[x.size() - 1] - beta * x[x.size() - 2]);
  return x;
}

std::optional<double> measured(const std::vector<double>& x) {
  return measured_rate(x, sizes_of(x));
}

/// c1 s1^k + c2 s2^k.
std::vector<double> two_powers(double c1, double s1, double c2, double s2, int steps) {
  std::vector<double> x;
  for (int k = 0; k <= steps; ++k) x.push_back(c1 * std::pow(s1, k) + c2 * std::pow(s2, k));
  return x;
}

TEST(MeasuredRate, OfPowersIsTheirBase) {
  for (const double base : {-0.8, 0.999, 1.0, 0.01, -2.5})
    EXPECT_NEAR(*measured(two_powers(3, base, 0, 0, 50)), std::abs(base), 1e-12) << base;
}

TEST(MeasuredRate, OfTwoPowersIsTheLargerBase) {
  EXPECT_NEAR(*measured(two_powers(1, 0.9, 5, 0.5, 200)), 0.9, 1e-12);
  EXPECT_NEAR(*measured(two_powers(1, 0.3, -1, -0.7, 200)), 0.7, 1e-12);
  EXPECT_NEAR(*measured(two_powers(1e-3, 1.02, 1, -0.99, 200)), 1.02, 1e-12);
  EXPECT_NEAR(*measured(two_powers(1, 0.9, 1e-6, 0.5, 200)), 0.9, 1e-9);
}

TEST(MeasuredRate, OfASwingIsTheSizeOfItsRoots) {
  for (const double angle : {0.01, 1.0, 1.57079632679, 3.0}) {
    std::vector<double> x;
    for (int k = 0; k <= 200; ++k) x.push_back(std::pow(0.95, k) * std::cos(angle * k + 0.3));
    EXPECT_NEAR(*measured(x), 0.95, 1e-9) << angle;
  }
}

TEST(MeasuredRate, IsThatOfEveryKindOfEigenvalue) {
  EXPECT_NEAR(*measured(recursion(0.5, 0.64, 200)), 0.8, 1e-12);  // complex
  EXPECT_NEAR(*measured(recursion(3, 0.64, 200)), 0.8, 1e-12);    // complex
  // 1/2 twice: equal roots are known to the root of the rounding.
  EXPECT_NEAR(*measured(recursion(0.25, 0.25, 200)), 0.5, 1e-6);
  // s^2 - 1.2 s + 0.32: 0.8 and 0.4; s^2 + 1.8 s + 0.8: -1 and -0.8.
  EXPECT_NEAR(*measured(recursion(0.12, 0.32, 200)), 0.8, 1e-12);
  EXPECT_NEAR(*measured(recursion(3.6, 0.8, 200)), 1, 1e-12);
  EXPECT_NEAR(*measured(recursion(3.5, 0, 200)), 2.5, 1e-12);
}

// Rounding of the size of w, as in a run whose other components are larger.
TEST(MeasuredRate, BearsRounding) {
  Generator generator(3);
  for (int i = 0; i < 200; ++i) {
    const double beta = 0.99 * generator.uniform();
    // Equal roots in every other one.
    const double product =
        i % 2 == 0 ? std::pow(1 - std::sqrt(beta), 2) : (2 + 2 * beta) * generator.uniform();
    std::vector<double> x = recursion(product, beta, 200);
    std::vector<double> sizes;
    for (double& position : x) {
      sizes.push_back(1 + std::abs(position));
      position += 2e-16 * generator.normal() * sizes.back();
    }
    const double trace = 1 + beta - product;
    const double root = trace * trace / 4 - beta;
    const double rate =
        i % 2 == 0 || root < 0 ? std::sqrt(beta) : std::abs(trace) / 2 + std::sqrt(root);
    EXPECT_NEAR(*measured_rate(x, sizes), rate, 1e-2 * rate) << product << ", " << beta;
  }
}

TEST(MeasuredRate, StopsWhereRoundingBegins) {
  std::vector<double> x;
  std::vector<double> sizes;
  for (int k = 0; k <= 200; ++k) {
    x.push_back(std::pow(0.5, k) + (k > 45 ? 1e-15 : 0));
    sizes.push_back(1 + std::pow(0.5, k));
  }
  EXPECT_NEAR(*measured_rate(x, sizes), 0.5, 1e-6);
}

TEST(MeasuredRate, OfOneStepToTheMinimumIsZero) { EXPECT_EQ(*measured({1, 0, 0, 0}), 0); }

TEST(MeasuredRate, IsNoneWithoutAStartOrSteps) {
  EXPECT_EQ(measured({0, 0, 0, 0}), std::nullopt);
  EXPECT_EQ(measured({1, 0.5, 0.25}), std::nullopt);
  EXPECT_TRUE(measured({1, 0.5, 0.25, 0.125}));
  // 1e-17 beside a size of 1 is what rounding left.
  EXPECT_EQ(measured_rate(std::vector(5, 1e-17), std::vector(5, 1.0)), std::nullopt);
}

}  // namespace
}  // namespace ravine::lab
