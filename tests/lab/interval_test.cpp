#include "ravine/lab/interval.hpp"

#include <gmock/gmock.h>

namespace ravine::lab {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Centres, AreHalfAPartFromTheEnds) {
  EXPECT_THAT(centres({-2, 2}, 4), ElementsAre(-1.5, -0.5, 0.5, 1.5));
  EXPECT_THAT(centres({3, 5}, 1), ElementsAre(4));
  EXPECT_THAT(centres({3, 5}, 0), IsEmpty());
}

}  // namespace
}  // namespace ravine::lab
