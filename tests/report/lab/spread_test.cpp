#include "ravine/report/lab/spread.hpp"

#include <gmock/gmock.h>

#include <array>

namespace ravine::report {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(Spread, OfStepsIsAllOfFew) {
  EXPECT_THAT(spread_steps(0, 4), ElementsAre(0));
  EXPECT_THAT(spread_steps(4, 4), ElementsAre(0, 1, 2, 3, 4));
}

TEST(Spread, OfStepsIsRoundAndEndsAtTheLast) {
  EXPECT_THAT(spread_steps(9, 4), ElementsAre(0, 2, 4, 6, 8, 9));
  EXPECT_THAT(spread_steps(50, 5), ElementsAre(0, 10, 20, 30, 40, 50));
  for (const std::size_t last : {1000, 1001, 5000, 123'456})
    EXPECT_LE(spread_steps(last).size(), most_drawn_steps + 2) << last;
}

TEST(Spread, SaysWhatIsLeftOut) {
  EXPECT_EQ(stride_sentence(1000), "");
  EXPECT_EQ(stride_sentence(5000), " Drawn: one step in 5.");
}

TEST(Spread, ASeriesIsOfTheStepsDrawn) {
  const Series few = over_steps("run", Mark::dashed, std::array{0.5, 0.25, 0.125});
  EXPECT_EQ(few.name, "run");
  EXPECT_EQ(few.mark, Mark::dashed);
  EXPECT_THAT(few.x, ElementsAre(0, 1, 2));
  EXPECT_THAT(few.y, ElementsAre(0.5, 0.25, 0.125));
  const Series many = over_steps("run", Mark::line, 10'001,
                                 [](std::size_t step) { return 2 * static_cast<double>(step); });
  EXPECT_THAT(many.x, SizeIs(1002));
  EXPECT_EQ(many.x[1], 10);
  EXPECT_EQ(many.y[1], 20);
  EXPECT_EQ(many.x.back(), 10'001);
  EXPECT_THAT(over_steps("run", Mark::line, std::vector<double>{}).x, IsEmpty());
}

TEST(Spread, OfIndicesHasBothEnds) {
  EXPECT_THAT(spread_indices(0, 3), IsEmpty());
  EXPECT_THAT(spread_indices(1, 3), ElementsAre(0));
  EXPECT_THAT(spread_indices(3, 3), ElementsAre(0, 1, 2));
  EXPECT_THAT(spread_indices(7, 3), ElementsAre(0, 3, 6));
  EXPECT_THAT(spread_indices(100, 4), ElementsAre(0, 33, 66, 99));
}

}  // namespace
}  // namespace ravine::report
