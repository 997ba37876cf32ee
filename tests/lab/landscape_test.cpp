#include "ravine/lab/landscape.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "ravine/tensor/error.hpp"

namespace ravine::lab {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(Landscape, HasTheLowestRowFirst) {
  // Units are w1, tens are w2.
  const Landscape land = landscape(Expression("w1 + 10*w2"), {0, 6}, {0, 4}, 3, 2);
  EXPECT_EQ(land.columns, 3U);
  EXPECT_EQ(land.rows, 2U);
  EXPECT_EQ(land.across, (Interval{0, 6}));
  EXPECT_EQ(land.up, (Interval{0, 4}));
  EXPECT_THAT(land.values, ElementsAre(11, 13, 15, 31, 33, 35));
}

TEST(Landscape, IsNotANumberWhereTheFunctionIsNone) {
  const Landscape land = landscape(Expression("log(w1) + 0*w2"), {-2, 2}, {0, 1}, 2, 1);
  EXPECT_TRUE(std::isnan(land.values[0]));
  EXPECT_EQ(land.values[1], 0);
}

TEST(Landscape, MayBeFlat) {
  EXPECT_THAT(landscape(Expression("(w1*w2)^0 + 1"), {0, 1}, {0, 1}, 3, 2).values,
              ElementsAre(2, 2, 2, 2, 2, 2));
}

TEST(Landscape, IsOfTwoVariables) {
  for (const auto& [function, message] :
       {std::pair{"w1^2", "its highest variable is w1, but the point has 2 numbers (give 1)"},
        std::pair{"w1*w3", "its highest variable is w3, but the point has 2 numbers (give 3)"}}) {
    try {
      landscape(Expression(function), {0, 1}, {0, 1}, 2, 2);
      ADD_FAILURE() << function;
    } catch (const ShapeError& error) {
      EXPECT_THAT(error.what(), HasSubstr(message));
    }
  }
}

}  // namespace
}  // namespace ravine::lab
