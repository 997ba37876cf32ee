#include "works/goals.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "works/page.hpp"

namespace ravine::benchmarks {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

Lane lane(const std::string& program, double seconds, double peak_bytes = 0) {
  return {.program = program,
          .ways = {{.label = "2 threads", .threads = 2}},
          .measure = [=](const Way&) {
            return Measured{seconds, peak_bytes};
          }};
}

std::vector<Race> run(const Subject& subject, const std::vector<Lane>& lanes) {
  std::vector<Race> races{Race(subject, lanes)};
  races.front().run_round();
  return races;
}

TEST(Goals, OfTrainingAreSharesOfTheFloorAndTimesThePeers) {
  const auto found =
      goals(run({.work = "W1", .title = "", .condition = "2 threads", .examples = 64},
                {lane("floor", 3), lane("ravine", 4), lane("libtorch", 12), lane("dlib", 6)}));
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].what, "W1, 2 threads: share of the floor's speed");
  EXPECT_EQ(found[0].measured, 0.75);
  EXPECT_FALSE(found[0].reached());  // 0.80 is wanted
  EXPECT_EQ(found[1].measured, 3);   // libtorch
  EXPECT_TRUE(found[1].reached());
  EXPECT_EQ(found[2].measured, 1.5);  // dlib, the best peer
  EXPECT_FALSE(found[2].reached());
}

TEST(Goals, OfPeersThatAreNotInstalledAreLeftOut) {
  const auto found = goals(
      run({.work = "W5", .title = "", .condition = ""}, {lane("floor", 1), lane("ravine", 2)}));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].reached());
}

TEST(Goals, OfAProcessAreItsTimeAndMemory) {
  const auto found =
      goals(run({.work = "W6", .title = "", .condition = ""}, {lane("ravine", 0.5, 140e6)}));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_TRUE(found[0].reached());
  EXPECT_EQ(found[1].measured, 140);
  EXPECT_FALSE(found[1].reached());
}

TEST(Goals, OfOptimizersDependOnTheSizeOfTensors) {
  for (const auto& [tensors, reached] :
       {std::pair{"one tensor of 10M", false}, std::pair{"1000 tensors of 100", true}}) {
    const auto found = goals(run({.work = "W4", .title = "adam", .condition = tensors},
                                 {lane("floor", 1), lane("ravine", 1.25)}));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].reached(), reached) << tensors;
  }
}

TEST(Page, ShowsSpeedsAndHowTheyStand) {
  const auto races = run({.work = "W1", .title = "", .condition = "2 threads", .examples = 64},
                         {lane("floor", 0.5e-3), lane("ravine", 1e-3), lane("dlib", 4e-3)});
  const std::string page = markdown({works_section(races)});
  EXPECT_THAT(page, HasSubstr("| W1, 2 threads | ravine | 2 threads | 64.0 k/s | "));
  EXPECT_THAT(page, HasSubstr("| 0.5 | 1x |"));
  EXPECT_THAT(page, HasSubstr("| W1, 2 threads | dlib | 2 threads | 16.0 k/s | "));
  EXPECT_THAT(page, HasSubstr("| 0.125 | 4x |"));
}

TEST(Page, LeavesOutWhatWasNotMeasured) { EXPECT_THAT(markdown({works_section({})}), IsEmpty()); }

}  // namespace
}  // namespace ravine::benchmarks
