#include "ravine/lab/arrival.hpp"

#include <gtest/gtest.h>

namespace ravine::lab {
namespace {

Trajectory run_of(const std::vector<double>& values, bool diverged = false) {
  return {.points = std::vector<std::vector<double>>(values.size()),
          .values = values,
          .diverged = diverged};
}

TEST(Arrival, IsFromWhereTheRunStaysClose) {
  // From 110 with a least value of 10, close is 11 or below.
  EXPECT_EQ(arrival(run_of({110, 60, 11, 10.2}), 10), 2U);
  EXPECT_EQ(arrival(run_of({110, 10, 11.1, 10.5, 10.4}), 10), 3U);  // it had left again
  EXPECT_EQ(arrival(run_of({-90, -190, -190}), -190), 1U);
}

TEST(Arrival, HasAHeight) {
  EXPECT_DOUBLE_EQ(arrived_height(run_of({110, 60}), 10), 11);
  EXPECT_DOUBLE_EQ(arrived_height(run_of({-90}), -190), -189);
}

TEST(Arrival, IsNoneWhereTheRunIsElsewhereInTheEnd) {
  EXPECT_FALSE(arrival(run_of({110, 60, 20}), 10));
  EXPECT_FALSE(arrival(run_of({110, 10, 11.1}), 10));
  EXPECT_FALSE(arrival(run_of({110}), 10));
  EXPECT_FALSE(arrival(run_of({110, 10, 10}, true), 10));
}

TEST(Arrival, OfAStartAtTheMinimumIsAtOnce) {
  EXPECT_EQ(arrival(run_of({10}), 10), 0U);
  EXPECT_EQ(arrival(run_of({10, 10, 10}), 10), 0U);
}

}  // namespace
}  // namespace ravine::lab
