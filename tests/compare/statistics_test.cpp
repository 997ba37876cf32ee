#include "ravine/compare/statistics.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "ravine/tensor/random.hpp"

namespace ravine::compare {
namespace {

constexpr std::nullopt_t miss = std::nullopt;
using Values = std::vector<std::optional<double>>;

TEST(Summarize, ByHand) {
  const Summary summary = summarize(std::array{2.0, 4.0, 9.0});
  EXPECT_DOUBLE_EQ(summary.mean, 5);
  EXPECT_DOUBLE_EQ(summary.std, std::sqrt((9.0 + 1 + 16) / 2));
  EXPECT_EQ(summary.n, 3U);
  EXPECT_NEAR(summary.ci95->low, 5 - 4.3027 * std::sqrt(13.0 / 3), 2e-4);
  EXPECT_NEAR(summary.ci95->high, 5 + 4.3027 * std::sqrt(13.0 / 3), 2e-4);
}

TEST(Summarize, OneRunHasNoSpreadAndNoInterval) {
  const Summary summary = summarize(std::array{0.7});
  EXPECT_EQ(summary.mean, 0.7);
  EXPECT_EQ(summary.std, 0);
  EXPECT_EQ(summary.n, 1U);
  EXPECT_FALSE(summary.ci95.has_value());
}

void expect_time(const Values& times, std::optional<double> median, std::size_t reached) {
  const TimeToTarget time = time_to_target(times);
  EXPECT_EQ(time.median, median);
  EXPECT_EQ(time.reached, reached);
  EXPECT_EQ(time.of, times.size());
}

TEST(TimeToTarget, IsTheMedianWhereAllGetThere) {
  expect_time({3, 1, 2}, 2, 3);
  expect_time({3, 1, 2, 6}, 2.5, 4);
  expect_time({4}, 4, 1);
  expect_time({2, 2, 2, 5}, 2, 4);
}

TEST(TimeToTarget, AMissIsInfinite) {
  expect_time({3, miss, 5}, 5, 2);
  expect_time({2, 5, miss, 2}, 3.5, 3);
  expect_time({2, 9, miss, 4, miss}, 9, 3);
}

TEST(TimeToTarget, HasNoMedianWhereFewerThanHalfGetThere) {
  expect_time({miss, 4, miss}, {}, 1);
  expect_time({miss, 4, miss, 5, miss}, {}, 2);
  expect_time({miss, miss}, {}, 0);
  expect_time({miss}, {}, 0);
  expect_time({}, {}, 0);
}

TEST(TimeToTarget, OfExactlyHalfIsTheirLongest) {
  expect_time({4, miss, 7, miss}, 7, 2);
  expect_time({miss, 4}, 4, 1);
}

TEST(PairedDifference, ByHand) {
  // 0.2, 0.1, 0.2, -0.1: mean 0.1, deviations 0.1, 0, 0.1, -0.2.
  const auto unclear = paired_difference(Values{0.9, 0.8, 0.7, 0.6}, Values{0.7, 0.7, 0.5, 0.7});
  const double error = std::sqrt(0.06 / 3 / 4);
  EXPECT_NEAR(unclear->mean, 0.1, 1e-12);
  EXPECT_EQ(unclear->n, 4U);
  EXPECT_NEAR(unclear->ci95->low, 0.1 - 3.1824 * error, 1e-5);
  EXPECT_NEAR(unclear->ci95->high, 0.1 + 3.1824 * error, 1e-5);
  EXPECT_FALSE(unclear->beyond_noise());
}

TEST(PairedDifference, OfFiveSeedsIsStudentsToo) {
  // -2, -1, -1, -2, -2: mean -1.6, standard deviation sqrt(0.3), t of four degrees 2.7764.
  const auto five = paired_difference(Values{1, 2, 3, 4, 5}, Values{3, 3, 4, 6, 7});
  const double reach = 2.776445 * std::sqrt(0.3 / 5);
  EXPECT_NEAR(five->ci95->low, -1.6 - reach, 1e-3);
  EXPECT_NEAR(five->ci95->high, -1.6 + reach, 1e-3);
  EXPECT_TRUE(five->beyond_noise());
}

TEST(PairedDifference, FindsWhatTheSeedsHaveInCommon) {
  // What the seeds are worth differs much more than the optimizers do.
  const Values a{0.50, 0.71, 0.92, 0.60}, b{0.49, 0.69, 0.90, 0.59};
  EXPECT_TRUE(paired_difference(a, b)->beyond_noise());
  EXPECT_TRUE(paired_difference(b, a)->beyond_noise());
  EXPECT_NEAR(paired_difference(b, a)->mean, -0.015, 1e-12);
  EXPECT_FALSE(paired_difference(a, Values{0.69, 0.90, 0.49, 0.59})->beyond_noise());
}

TEST(PairedDifference, IsOverTheSeedsThatBothFinished) {
  const auto difference =
      paired_difference(Values{5, miss, 7, 2, 9}, Values{4, 100, miss, 3, 6});  // 1, -1, 3
  EXPECT_NEAR(difference->mean, 1, 1e-12);
  EXPECT_EQ(difference->n, 3U);
  EXPECT_NEAR(difference->ci95->high, 1 + 4.3027 * 2 / std::sqrt(3.0), 2e-4);
  EXPECT_FALSE(paired_difference(Values{1, miss}, Values{miss, 1}).has_value());
  EXPECT_FALSE(paired_difference(Values{}, Values{}).has_value());
}

TEST(PairedDifference, OneOrTwoSeedsTellNothingOfNoise) {
  const auto one = paired_difference(Values{3}, Values{1});
  EXPECT_EQ(one->mean, 2);
  EXPECT_EQ(one->n, 1U);
  EXPECT_FALSE(one->ci95.has_value());
  EXPECT_FALSE(one->beyond_noise());
  const auto two = paired_difference(Values{30, 31}, Values{1, 1});
  EXPECT_EQ(two->n, 2U);
  EXPECT_FALSE(two->ci95.has_value());
  EXPECT_FALSE(two->beyond_noise());
}

TEST(PairedDifference, TheSameDifferenceInAllSeedsNeedsFiveOfThem) {
  const auto of_seeds = [](std::size_t seeds, double a) {
    return *paired_difference(Values(seeds, a), Values(seeds, 1));
  };
  EXPECT_FALSE(of_seeds(3, 2).ci95.has_value());
  EXPECT_FALSE(of_seeds(4, 2).beyond_noise());
  EXPECT_EQ(of_seeds(5, 2).ci95, (Interval{1, 1}));
  EXPECT_TRUE(of_seeds(5, 2).beyond_noise());
  EXPECT_EQ(of_seeds(5, 1).ci95, (Interval{0, 0}));
  EXPECT_FALSE(of_seeds(5, 1).beyond_noise());
  // 0.05 each, but for rounding.
  const auto rounded = paired_difference(Values{0.95, 0.9, 0.85}, Values{0.9, 0.85, 0.8});
  EXPECT_NEAR(rounded->mean, 0.05, 1e-12);
  EXPECT_FALSE(rounded->ci95.has_value());
}

/// How often a difference is called one, of optimizers that have none: a test part in which one
/// example more or less is right, in `share` of the seeds each.
double false_alarms(std::size_t seeds, double share) {
  constexpr std::size_t sweeps = 600;  // a standard error of 0.009
  Generator generator(5, seeds);
  Values a(seeds);
  const Values b(seeds, 0.9);
  double alarms = 0;
  for (std::size_t i = 0; i < sweeps; ++i) {
    for (auto& value : a) {
      const double u = generator.uniform();
      value = 0.9 + (u < share ? 0.01 : u < 2 * share ? -0.01 : 0);
    }
    if (paired_difference(a, b)->beyond_noise()) ++alarms;
  }
  return alarms / sweeps;
}

TEST(PairedDifference, OfNothingIsSeldomBeyondNoise) {
  for (const std::size_t seeds : {4U, 5U, 10U})
    for (const double share : {0.16, 0.3})
      EXPECT_LT(false_alarms(seeds, share), 0.07) << seeds << " seeds, " << share;
}

}  // namespace
}  // namespace ravine::compare
