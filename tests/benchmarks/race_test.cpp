#include "works/race.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace ravine::benchmarks {
namespace {

using testing::HasSubstr;

/// A program with one way that takes these times, a round each.
Lane lane(const std::string& program, std::vector<double> seconds) {
  return {.program = program,
          .ways = {{.label = "1 thread", .threads = 1}},
          .measure = [seconds, round = std::size_t{0}](const Way&) mutable {
            return Measured{.seconds = seconds.at(round++)};
          }};
}

const Subject subject{.work = "W1", .title = "a work", .condition = "1 thread", .examples = 64};

TEST(Race, TakesMediansAndRanges) {
  Race race(subject, {lane("ravine", {3, 1, 2})});
  for (int round = 0; round < 3; ++round) race.run_round();
  const Race::Result result = race.result("ravine");
  EXPECT_EQ(result.median_seconds(), 2);
  EXPECT_EQ(result.lowest_seconds(), 1);
  EXPECT_EQ(result.highest_seconds(), 3);
}

TEST(Race, ComparesWithinRounds) {
  // In the second round the machine was busy with something else: the ratio of the medians would be
  // 2 / 3.
  Race race(subject, {lane("floor", {1, 9, 2}), lane("ravine", {2, 18, 3})});
  for (int round = 0; round < 3; ++round) race.run_round();
  EXPECT_EQ(time_ratio(race.result("ravine"), race.result("floor")), 2);
}

TEST(Race, KeepsTheBestWayAndLeavesOutThoseFarBehind) {
  std::vector<std::size_t> runs(3);
  const std::vector<double> seconds{2, 1, 1.1};
  Race race(subject, {{.program = "peer",
                       .ways = {{.label = "slow", .threads = 0},
                                {.label = "fast", .threads = 1},
                                {.label = "close", .threads = 2}},
                       .measure = [&](const Way& way) {
                         ++runs[way.threads];
                         return Measured{.seconds = seconds[way.threads]};
                       }}});
  for (int round = 0; round < 3; ++round) race.run_round();
  EXPECT_THAT(runs, testing::ElementsAre(2, 3, 3));
  EXPECT_EQ(race.result("peer").way, "fast");
  EXPECT_EQ(race.result("peer").median_seconds(), 1);
}

TEST(Race, GoesOnWithoutAProgramThatFails) {
  Race race(
      subject,
      {lane("ravine", {1, 1}),
       {.program = "peer",
        .ways = {{.label = "1 thread", .threads = 1}},
        .measure = [](const Way&) -> Measured { throw std::runtime_error("no such library"); }}});
  race.run_round();
  race.run_round();
  EXPECT_THAT(race.result("peer").failure, HasSubstr("W1: peer: no such library"));
  EXPECT_EQ(race.result("peer").median_seconds(), std::nullopt);
  EXPECT_EQ(time_ratio(race.result("peer"), race.result("ravine")), std::nullopt);
  EXPECT_EQ(race.result("ravine").median_seconds(), 1);
}

TEST(Race, KnowsWhoTakesPart) {
  const Race race(subject, {lane("ravine", {})});
  EXPECT_TRUE(race.has("ravine"));
  EXPECT_FALSE(race.has("dlib"));
  EXPECT_THROW(race.result("dlib"), std::out_of_range);
}

TEST(Median, OfAnEvenNumberIsTheMeanOfTheMiddleTwo) { EXPECT_EQ(median({4, 1, 3, 2}), 2.5); }

}  // namespace
}  // namespace ravine::benchmarks
