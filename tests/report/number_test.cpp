#include "ravine/report/number.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace ravine::report {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

TEST(Number, FixedHasItsDecimals) {
  EXPECT_EQ(fixed(0.97186, 4), "0.9719");
  EXPECT_EQ(fixed(1, 4), "1.0000");
  EXPECT_EQ(fixed(1e300, 0).size(), 301U);
}

TEST(Number, SignificantHasAtMostItsDigits) {
  EXPECT_EQ(significant(0.00123456, 3), "0.00123");
  EXPECT_EQ(significant(123456, 3), "1.23e+05");
  EXPECT_EQ(significant(0.5, 4), "0.5");
  EXPECT_EQ(significant(0.123456), "0.1235");
}

TEST(Number, ShortTextHasThreeDigitsAndNoPowerOfTenForThousands) {
  EXPECT_EQ(short_text(13.123), "13.1");
  EXPECT_EQ(short_text(1470.4), "1,470");
}

TEST(Number, CountedIsOneOrMany) {
  EXPECT_EQ(counted(1, "step"), "1 step");
  EXPECT_EQ(counted(0, "step"), "0 steps");
  EXPECT_EQ(counted(12345, "step"), "12,345 steps");
}

TEST(Number, WhatIsNoneHasOneName) {
  EXPECT_EQ(significant(std::nan(""), 4), "nan");
  EXPECT_EQ(fixed(-std::nan(""), 4), "nan");
  EXPECT_EQ(significant(-infinity, 4), "-inf");
}

TEST(Number, CountsAreGroupedByThousands) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(1234567), "1,234,567");
}

TEST(Number, ClockTime) {
  EXPECT_EQ(clock_time(0), "0:00");
  EXPECT_EQ(clock_time(6.2), "0:07");
  EXPECT_EQ(clock_time(754), "12:34");
  EXPECT_EQ(clock_time(3723), "1:02:03");
  EXPECT_EQ(clock_time(infinity), "99:59:59");
}

}  // namespace
}  // namespace ravine::report
