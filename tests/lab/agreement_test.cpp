// Means of runs beside expectations, right and wrong ones.
#include "ravine/lab/agreement.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "ravine/tensor/random.hpp"

namespace ravine::lab {
namespace {

TEST(Agreement, MeansAndTheirErrorsByHand) {
  const MeanAndError found = mean_and_error(std::vector<double>{0, 2, 4});  // variance 4, of three
  EXPECT_DOUBLE_EQ(found.mean, 2);
  EXPECT_DOUBLE_EQ(found.standard_error, 2 / std::sqrt(3.0));
  EXPECT_EQ(mean_and_error(std::vector{0.1, 0.1, 0.1}).mean, 0.1);
  EXPECT_EQ(mean_and_error(std::vector{0.1, 0.1, 0.1}).standard_error, 0);
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_FALSE(std::isfinite(mean_and_error(std::vector{infinity, 1.0}).standard_error));
  EXPECT_FALSE(std::isfinite(mean_and_error(std::vector{1.0, infinity}).standard_error));
}

void add(AgreementOfRuns& agreement, std::size_t step, const std::vector<double>& values,
         double expected) {
  agreement.add(step, values, mean_and_error(values), expected);
}

TEST(Agreement, OfThreeRunsByHand) {
  AgreementOfRuns agreement(3);
  add(agreement, 1, {0, 2, 4}, 3.5);  // 1.5 off, by a standard error of 2 / sqrt 3: 1.3 of them
  add(agreement, 2, {2, 2, 2}, 3);    // the runs are the same
  add(agreement, 3, {1, 1, 4}, 6);    // mean 2, standard error 1: 4 off
  add(agreement, 4, {1, 2, 3}, std::numeric_limits<double>::infinity());
  const Agreement found = agreement.result();
  EXPECT_EQ(found.steps_compared, 2U);
  EXPECT_EQ(found.steps_within_three, 1U);
  EXPECT_DOUBLE_EQ(found.largest_deviation, 4);
  EXPECT_EQ(found.largest_deviation_step, 3U);
  // Sums of the runs 1, 3 and 8: mean 4 for 9.5, variance (9 + 1 + 16) / 2, of three.
  EXPECT_DOUBLE_EQ(found.overall_deviation, 5.5 / std::sqrt(13.0 / 3));
}

/// 100 steps of 1000 runs of x^2 / 2, x standard normal: the mean is 0.5, off it by 0.022.
Agreement of_squares(double expected) {
  Generator generator(7);
  AgreementOfRuns agreement(1000);
  for (std::size_t step = 1; step <= 100; ++step) {
    std::vector<double> values(1000);
    for (double& value : values) value = std::pow(generator.normal(), 2) / 2;
    add(agreement, step, values, expected);
  }
  return agreement.result();
}

TEST(Agreement, SeesAWrongExpectation) {
  const Agreement right = of_squares(0.5);
  EXPECT_LT(right.overall_deviation, 3);
  EXPECT_GT(right.steps_within_three, 95U);
  // A fifth too high is more than four standard errors at each step, and tenfold over all.
  const Agreement wrong = of_squares(0.6);
  EXPECT_EQ(wrong.steps_compared, 100U);
  EXPECT_GT(wrong.overall_deviation, 3);
  EXPECT_LT(wrong.steps_within_three, 40U);
  EXPECT_GT(wrong.largest_deviation, 5);
  // Two in a hundred is not seen at a step, but over all of them.
  const Agreement slightly_wrong = of_squares(0.51);
  EXPECT_GT(slightly_wrong.overall_deviation, 3);
  EXPECT_GT(slightly_wrong.steps_within_three, 90U);
}

TEST(Agreement, WithoutNoiseNothingIsCompared) {
  AgreementOfRuns agreement(3);
  const double last = std::nextafter(1, 2);
  add(agreement, 1, {1, 1, last}, 5);  // rounding
  EXPECT_EQ(agreement.result().steps_compared, 0U);
  EXPECT_EQ(agreement.result().overall_deviation, 0);
}

}  // namespace
}  // namespace ravine::lab
