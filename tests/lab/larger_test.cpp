#include "ravine/lab/larger.hpp"

#include <gmock/gmock.h>

#include <limits>

namespace ravine::lab {
namespace {

TEST(Larger, KeepsWhatIsNotANumber) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double inf = std::numeric_limits<double>::infinity();
  EXPECT_EQ(larger(1, 2), 2);
  EXPECT_EQ(larger(2, 1), 2);
  EXPECT_EQ(larger(2, inf), inf);
  EXPECT_TRUE(std::isnan(larger(nan, 2)));
  EXPECT_TRUE(std::isnan(larger(2, nan)));
  EXPECT_TRUE(std::isnan(larger(inf, nan)));
}

}  // namespace
}  // namespace ravine::lab
