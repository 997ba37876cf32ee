#include "ravine/compare/selection_luck.hpp"

#include <gtest/gtest.h>

#include <deque>

#include "compare/made_runs.hpp"

namespace ravine::compare {
namespace {

constexpr Metric accuracy = metric_of(data::Task::classification);
constexpr Metric rmse = metric_of(data::Task::regression);

/// Fresh runs that end with these validation metrics.
struct MadeFresh {
  std::deque<Run> runs;
  FreshRuns fresh;

  explicit MadeFresh(const std::vector<double>& ends) {
    for (const double end : ends)
      fresh.runs.push_back(&runs.emplace_back(made_run({.seed = runs.size() + 1}, {0.99, end})));
  }
};

// Of 0.90, 0.91 and 0.92 the mean is 0.91 and the standard deviation 0.01. Student's t of two
// degrees of freedom is 4.30265 at 97.5 %: one more is expected within 4.30265 * 0.01 * sqrt(4 / 3)
// = 0.04968 of the mean.
TEST(WasLucky, WhereTheTrialIsBetterThanOneMoreRunWouldBe) {
  const MadeFresh three({0.90, 0.91, 0.92});
  EXPECT_FALSE(was_lucky(0.9596, three.fresh, accuracy));
  EXPECT_TRUE(was_lucky(0.9598, three.fresh, accuracy));
  EXPECT_FALSE(was_lucky(0.10, three.fresh, accuracy));  // bad luck is none
}

TEST(WasLucky, OfAnErrorWhereItIsLower) {
  const MadeFresh three({3.0, 3.1, 3.2});  // 3.1 - 0.4968 = 2.6032
  EXPECT_FALSE(was_lucky(2.604, three.fresh, rmse));
  EXPECT_TRUE(was_lucky(2.602, three.fresh, rmse));
  EXPECT_FALSE(was_lucky(9.0, three.fresh, rmse));
}

TEST(WasLucky, TwoRunsTellNothing) {
  EXPECT_FALSE(was_lucky(0.99, MadeFresh({0.2, 0.21}).fresh, accuracy));
}

TEST(WasLucky, RunsThatAreAllEqualTellFromFiveOn) {
  // 0.9 three times has a mean that is not 0.9.
  EXPECT_FALSE(was_lucky(0.95, MadeFresh({0.9, 0.9, 0.9}).fresh, accuracy));
  EXPECT_FALSE(was_lucky(0.9, MadeFresh({0.9, 0.9, 0.9, 0.9, 0.9}).fresh, accuracy));
  EXPECT_TRUE(was_lucky(0.95, MadeFresh({0.9, 0.9, 0.9, 0.9, 0.9}).fresh, accuracy));
}

TEST(WasLucky, WhereAFreshRunDiverges) {
  MadeFresh two({0.90, 0.91});
  two.fresh.diverged = 1;
  EXPECT_TRUE(was_lucky(0.90, two.fresh, accuracy));
}

TEST(WasLucky, WithoutATrialThereWasNoLuck) {
  MadeFresh three({0.90, 0.91, 0.92});
  three.fresh.diverged = 1;
  EXPECT_FALSE(was_lucky({}, three.fresh, accuracy));
}

}  // namespace
}  // namespace ravine::compare
