#include "ravine/compare/statistics.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace ravine::compare {
namespace {

TEST(Summarize, ByHand) {
  const Summary summary = summarize(std::array{2.0, 4.0, 9.0});
  EXPECT_DOUBLE_EQ(summary.mean, 5);
  EXPECT_DOUBLE_EQ(summary.std, std::sqrt((9.0 + 1 + 16) / 2));
  EXPECT_EQ(summary.n, 3U);
}

TEST(Summarize, OneRunHasNoSpread) {
  const Summary summary = summarize(std::array{0.7});
  EXPECT_EQ(summary.mean, 0.7);
  EXPECT_EQ(summary.std, 0);
}

TEST(Median, OddEvenAndUnsorted) {
  EXPECT_EQ(median(std::array{3.0}), 3);
  EXPECT_EQ(median(std::array{9.0, 1.0, 5.0}), 5);
  EXPECT_EQ(median(std::array{9.0, 1.0, 5.0, 7.0}), 6);
}

}  // namespace
}  // namespace ravine::compare
