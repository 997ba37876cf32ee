// Rates measured on sequences whose rates are known without R.
#include "ravine/lab/measured_rate.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

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

std::optional<double> measured(const std::vector<double>& x, double product, double beta) {
  return measured_rate(x, sizes_of(x), {.lr = product, .momentum = beta}, 1);
}

TEST(MeasuredRate, OfPowersIsTheirBase) {
  std::vector<double> x;
  for (int k = 0; k <= 50; ++k) x.push_back(3 * std::pow(-0.8, k));
  EXPECT_NEAR(*measured(x, 1.8, 0), 0.8, 1e-13);
}

TEST(MeasuredRate, IsThatOfEveryKindOfEigenvalue) {
  EXPECT_NEAR(*measured(recursion(0.5, 0.64, 200), 0.5, 0.64), 0.8, 1e-12);    // complex
  EXPECT_NEAR(*measured(recursion(3, 0.64, 200), 3, 0.64), 0.8, 1e-12);        // complex
  EXPECT_NEAR(*measured(recursion(0.25, 0.25, 200), 0.25, 0.25), 0.5, 1e-12);  // 1/2 twice
  // s^2 - 1.2 s + 0.32: 0.8 and 0.4; s^2 + 1.8 s + 0.8: -1 and -0.8.
  EXPECT_NEAR(*measured(recursion(0.12, 0.32, 200), 0.12, 0.32), 0.8, 1e-12);
  EXPECT_NEAR(*measured(recursion(3.6, 0.8, 200), 3.6, 0.8), 1, 1e-12);
  EXPECT_NEAR(*measured(recursion(3.5, 0, 200), 3.5, 0), 2.5, 1e-12);
}

// What is told is the run's rate and not the one that R of the settings would have.
TEST(MeasuredRate, IsThatOfTheRunAndNotOfTheSettings) {
  const std::vector<double> run = recursion(0.5, 0.64, 400);  // 0.8 a step
  for (const double beta : {0.1, 0.5, 0.9})
    EXPECT_NEAR(*measured(run, 0.3, beta), 0.8, 0.01) << beta;
}

TEST(MeasuredRate, StopsWhereRoundingBegins) {
  std::vector<double> x;
  std::vector<double> sizes;
  for (int k = 0; k <= 200; ++k) {
    x.push_back(std::pow(0.5, k) + (k > 45 ? 1e-15 : 0));
    sizes.push_back(1 + std::pow(0.5, k));
  }
  EXPECT_NEAR(*measured_rate(x, sizes, {.lr = 0.5}, 1), 0.5, 1e-6);
}

TEST(MeasuredRate, OfOneStepToTheMinimumIsZero) { EXPECT_EQ(*measured({1, 0, 0, 0}, 1, 0), 0); }

TEST(MeasuredRate, IsNoneWithoutAStartOrAStep) {
  EXPECT_EQ(measured({0, 0, 0}, 0.5, 0.5), std::nullopt);
  EXPECT_EQ(measured({1}, 0.5, 0.5), std::nullopt);
  // 1e-17 beside a size of 1 is what rounding left.
  EXPECT_EQ(measured_rate(std::vector{1e-17, 1e-17}, std::vector{1.0, 1.0}, {.lr = 0.5}, 1),
            std::nullopt);
}

}  // namespace
}  // namespace ravine::lab
