#include "ravine/compare/interval.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <utility>
#include <vector>

#include "ravine/tensor/random.hpp"

namespace ravine::compare {
namespace {

// Two-sided 5 % points of Student's t by degrees of freedom, as tables print them.
constexpr double t1 = 12.7062, t2 = 4.3027, t3 = 3.1824, t4 = 2.7764, t6 = 2.4469, t9 = 2.2622;
constexpr double table_digits = 5e-5;

TEST(MeanInterval, OneValueHasNone) { EXPECT_FALSE(mean_interval(std::array{0.7}).has_value()); }

TEST(MeanInterval, IsAPointWhereFiveOrMoreValuesAreEqual) {
  EXPECT_FALSE(mean_interval(std::array{0.7, 0.7}).has_value());
  EXPECT_FALSE(mean_interval(std::array{0.7, 0.7, 0.7, 0.7}).has_value());
  EXPECT_EQ(mean_interval(std::array{0.1, 0.1, 0.1, 0.1, 0.1, 0.1}), (Interval{0.1, 0.1}));
}

TEST(MeanInterval, OfTwoToFourIsStudents) {
  const Interval two = *mean_interval(std::array{1.0, 3.0});  // standard error 1
  EXPECT_NEAR(two.low, 2 - t1, table_digits);
  EXPECT_NEAR(two.high, 2 + t1, table_digits);
  const Interval three = *mean_interval(std::array{3.0, 1.0, 2.0});
  EXPECT_NEAR(three.low, 2 - t2 / std::sqrt(3.0), table_digits);
  EXPECT_NEAR(three.high, 2 + t2 / std::sqrt(3.0), table_digits);
  const Interval four = *mean_interval(std::array{1.0, 3.0, 5.0, 7.0});
  EXPECT_NEAR(four.low, 4 - t3 * std::sqrt(20.0 / 3 / 4), 2 * table_digits);
  EXPECT_NEAR(four.high, 4 + t3 * std::sqrt(20.0 / 3 / 4), 2 * table_digits);
}

TEST(PredictionInterval, IsThatOfOneMoreNormalValue) {
  const Interval three = prediction_interval(std::array{3.0, 1.0, 2.0});
  EXPECT_NEAR(three.low, 2 - t2 * std::sqrt(4.0 / 3), 2 * table_digits);
  EXPECT_NEAR(three.high, 2 + t2 * std::sqrt(4.0 / 3), 2 * table_digits);
  const Interval four = prediction_interval(std::array{1.0, 3.0, 5.0, 7.0});
  EXPECT_NEAR(four.high, 4 + t3 * std::sqrt(20.0 / 3 * 1.25), 4 * table_digits);
}

TEST(PredictionInterval, OfEqualValuesIsThatValue) {
  EXPECT_EQ(prediction_interval(std::array{0.9, 0.9, 0.9}), (Interval{0.9, 0.9}));
}

/// The quantiles of (mean* - mean) / standard error* over all n^n resamples, each as likely.
std::pair<double, double> exact_quantiles(const std::vector<double>& values) {
  const std::size_t n = values.size();
  const auto moments = [n](const std::vector<double>& x) {
    double sum = 0, squares = 0;
    for (const double v : x) sum += v, squares += v * v;
    const double size = static_cast<double>(n);
    const double variance = (squares - sum * sum / size) / (size - 1);
    return std::pair(sum / size, std::sqrt(std::max(variance, 0.0) / size));
  };
  const double mean = moments(values).first;
  std::vector<double> errors;
  std::vector<std::size_t> digits(n);
  std::vector<double> resample(n);
  for (bool more = true; more;) {
    for (std::size_t i = 0; i < n; ++i) resample[i] = values[digits[i]];
    if (const auto [m, error] = moments(resample); error > 1e-6)
      errors.push_back((m - mean) / error);
    std::size_t i = 0;
    while (i < n && ++digits[i] == n) digits[i++] = 0;
    more = i < n;
  }
  std::ranges::sort(errors);
  const auto at = [&](double p) {
    return errors[static_cast<std::size_t>(p * static_cast<double>(errors.size()))];
  };
  return {at(0.025), at(0.975)};
}

TEST(MeanInterval, OfMoreIsTheBootstrapTInterval) {
  const std::vector<double> even{1, 2, 3, 4, 5, 6, 7};
  const auto [low, high] = exact_quantiles(even);
  ASSERT_GT(high, t6);  // beyond Student's, and so the end of the interval
  ASSERT_LT(high, 3 * t6);
  const double error = std::sqrt(28.0 / 6 / 7);
  const Interval interval = *mean_interval(even);
  EXPECT_NEAR(interval.low, 4 - high * error, 0.1 * error * high);
  EXPECT_NEAR(interval.high, 4 - low * error, 0.1 * error * high);
}

TEST(MeanInterval, ReachesFurtherWhereTheLongTailIs) {
  const std::vector<double> skewed{1, 2, 3, 4, 6, 9, 17};  // mean 6, squares 184
  const auto [low, high] = exact_quantiles(skewed);
  ASSERT_LT(low, -1.5 * t6);
  ASSERT_GT(low, -3 * t6);
  ASSERT_LT(high, t6);
  const double error = std::sqrt(184.0 / 6 / 7);
  const Interval interval = *mean_interval(skewed);
  EXPECT_NEAR(interval.high, 6 - low * error, -0.1 * low * error);
  EXPECT_NEAR(interval.low, 6 - t6 * error, 3e-4 * t6 * error);
}

TEST(MeanInterval, TiesMakeASideNeitherShorterThanStudentsNorEndless) {
  // A third of the resamples is all 0: their errors have no unit. Mean and standard error are 0.2.
  const Interval up = *mean_interval(std::array{1.0, 0.0, 0.0, 0.0, 0.0});
  EXPECT_NEAR(up.low, 0.2 - t4 * 0.2, 2e-4);
  EXPECT_NEAR(up.high, 0.2 + 3 * t4 * 0.2, 6e-4);
  const Interval down = *mean_interval(std::array{-1.0, 0.0, 0.0, 0.0, 0.0});
  EXPECT_NEAR(down.low, -0.2 - 3 * t4 * 0.2, 6e-4);
  EXPECT_NEAR(down.high, -0.2 + t4 * 0.2, 2e-4);
  const Interval three_of_ten =
      *mean_interval(std::array{1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0});
  EXPECT_NEAR(three_of_ten.low, 0.3 - t9 * std::sqrt(2.1 / 9 / 10), 1e-4);
}

TEST(MeanInterval, RoundingIsNoSpread) {
  const Interval equal = *mean_interval(std::array{0.05, 0.05, 0.05, 0.05, 1.0});
  const Interval rounded =
      *mean_interval(std::array{0.95 - 0.9, 0.9 - 0.85, 0.85 - 0.8, 0.05, 1.0});
  EXPECT_NEAR(rounded.low, equal.low, 1e-12);
  EXPECT_NEAR(rounded.high, equal.high, 1e-12);
}

TEST(MeanInterval, GoesWithTheUnits) {
  const std::vector<double> values{0.3, 1.7, 0.2, 0.9, 4.0, 0.4};
  std::vector<double> others;
  for (const double value : values) others.push_back(100 - 10 * value);
  const Interval interval = *mean_interval(values);
  const Interval other = *mean_interval(others);
  EXPECT_NEAR(other.low, 100 - 10 * interval.high, 1e-9);
  EXPECT_NEAR(other.high, 100 - 10 * interval.low, 1e-9);
}

/// The share of samples of size n whose interval holds the mean that they were drawn from.
double coverage(std::size_t n, double mean, const std::function<double(Generator&)>& draw) {
  constexpr std::size_t samples = 1500;  // a standard error of 0.006
  Generator generator(4, n);
  std::vector<double> values(n);
  double covered = 0;
  for (std::size_t i = 0; i < samples; ++i) {
    for (double& value : values) value = draw(generator);
    if (mean_interval(values)->contains(mean)) ++covered;
  }
  return covered / samples;
}

double normal(Generator& generator) { return generator.normal(); }
double exponential(Generator& generator) { return -std::log1p(-generator.uniform()); }

TEST(MeanInterval, CoversTheMeanOfANormalDistribution) {
  EXPECT_NEAR(coverage(3, 0, normal), 0.95, 0.02);
  // A bootstrap interval, nowhere shorter than Student's, covers a little more. (Percentiles of
  // resamples: 0.84, 0.90.)
  EXPECT_NEAR(coverage(5, 0, normal), 0.97, 0.02);
  EXPECT_NEAR(coverage(10, 0, normal), 0.965, 0.02);
}

TEST(MeanInterval, CoversTheMeanOfASkewedDistribution) {
  // (Student's: 0.89, 0.90; percentiles of resamples: 0.80, 0.86.)
  EXPECT_NEAR(coverage(5, 1, exponential), 0.94, 0.02);
  EXPECT_NEAR(coverage(10, 1, exponential), 0.95, 0.02);
}

}  // namespace
}  // namespace ravine::compare
