#include "ravine/lab/length.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

namespace ravine::lab {
namespace {

TEST(Length, IsTheRootOfTheSquares) {
  EXPECT_EQ(length(std::array{3.0, -4.0}), 5);
  EXPECT_EQ(length(std::array{0.0, 0.0}), 0);
  EXPECT_EQ(length({}), 0);
  EXPECT_EQ(distance(std::array{4.0, 1.0}, std::array{1.0, 5.0}), 5);
}

TEST(Length, IsThatOfNumbersWithoutASquare) {
  EXPECT_DOUBLE_EQ(length(std::array{3e200, 4e200}), 5e200);
  EXPECT_DOUBLE_EQ(length(std::array{3e-200, 4e-200}), 5e-200);
}

TEST(Length, KeepsWhatIsNotFinite) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  constexpr double infinity = std::numeric_limits<double>::infinity();
  EXPECT_TRUE(std::isnan(length(std::array{1.0, nan, 2.0})));
  EXPECT_EQ(length(std::array{1.0, -infinity}), infinity);
  EXPECT_TRUE(std::isnan(distance(std::array{1.0, nan}, std::array{1.0, 2.0})));
}

}  // namespace
}  // namespace ravine::lab
