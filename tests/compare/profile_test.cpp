#include "ravine/compare/profile.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ravine::compare {
namespace {

using testing::ElementsAre;
using Costs = std::vector<std::vector<std::optional<double>>>;
constexpr std::nullopt_t unsolved = std::nullopt;

TEST(PerformanceProfiles, ByHand) {
  // The fastest take 2, 4, 1, 10; so the factors are 1 1 3 1, and 2 1 1 none.
  const std::vector<Profile> profiles =
      performance_profiles(Costs{{2, 4, 3, 10}, {4, 4, 1, unsolved}});
  ASSERT_EQ(profiles.size(), 2U);
  EXPECT_THAT(profiles[0].factor, ElementsAre(1, 3));
  EXPECT_THAT(profiles[0].share, ElementsAre(0.75, 1));
  EXPECT_THAT(profiles[1].factor, ElementsAre(1, 2));
  EXPECT_THAT(profiles[1].share, ElementsAre(0.5, 0.75));
}

TEST(PerformanceProfiles, BeginAtOneEvenForWhoIsNeverTheFastest) {
  const std::vector<Profile> profiles = performance_profiles(Costs{{1, 1}, {5, 2}});
  EXPECT_THAT(profiles[1].factor, ElementsAre(1, 2, 5));
  EXPECT_THAT(profiles[1].share, ElementsAre(0, 0.5, 1));
}

TEST(PerformanceProfiles, AProblemThatNobodySolvesCountsForAll) {
  const std::vector<Profile> profiles =
      performance_profiles(Costs{{3, unsolved}, {unsolved, unsolved}});
  EXPECT_THAT(profiles[0].factor, ElementsAre(1));
  EXPECT_THAT(profiles[0].share, ElementsAre(0.5));
  EXPECT_THAT(profiles[1].factor, ElementsAre(1));
  EXPECT_THAT(profiles[1].share, ElementsAre(0));
}

TEST(PerformanceProfiles, NothingIsInfinitelyFasterThanSomething) {
  const std::vector<Profile> profiles = performance_profiles(Costs{{0, 1}, {3, 1}, {0, 2}});
  EXPECT_THAT(profiles[0].share, ElementsAre(1));
  EXPECT_THAT(profiles[1].factor, ElementsAre(1));
  EXPECT_THAT(profiles[1].share, ElementsAre(0.5));
  EXPECT_THAT(profiles[2].factor, ElementsAre(1, 2));
  EXPECT_THAT(profiles[2].share, ElementsAre(0.5, 1));
}

TEST(PerformanceProfiles, WithoutSolversOrProblemsSayNothing) {
  EXPECT_TRUE(performance_profiles(Costs{}).empty());
  const std::vector<Profile> profiles = performance_profiles(Costs{{}});
  EXPECT_THAT(profiles[0].factor, ElementsAre(1));
  EXPECT_THAT(profiles[0].share, ElementsAre(0));
}

}  // namespace
}  // namespace ravine::compare
