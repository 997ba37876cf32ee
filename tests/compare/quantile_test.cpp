#include "ravine/compare/quantile.hpp"

#include <gtest/gtest.h>

#include <array>

namespace ravine::compare {
namespace {

TEST(Quantile, InterpolatesBetweenNeighbours) {
  // Of four values, the places of the quarters are 0.75, 1.5 and 2.25.
  const std::array values{40.0, 10.0, 30.0, 20.0};
  EXPECT_DOUBLE_EQ(quantile(values, 0.25), 17.5);
  EXPECT_DOUBLE_EQ(quantile(values, 0.5), 25);
  EXPECT_DOUBLE_EQ(quantile(values, 0.75), 32.5);
}

TEST(Quantile, EndsAreTheExtremes) {
  const std::array values{3.0, -1.0, 2.0};
  EXPECT_EQ(quantile(values, 0), -1);
  EXPECT_EQ(quantile(values, 1), 3);
}

TEST(Quantile, OfOneValueIsThatValue) {
  for (const double p : {0.0, 0.3, 1.0}) EXPECT_EQ(quantile(std::array{0.7}, p), 0.7);
}

TEST(Median, OddEvenAndUnsorted) {
  EXPECT_EQ(median(std::array{3.0}), 3);
  EXPECT_EQ(median(std::array{9.0, 1.0, 5.0}), 5);
  EXPECT_EQ(median(std::array{9.0, 1.0, 5.0, 7.0}), 6);
}

}  // namespace
}  // namespace ravine::compare
