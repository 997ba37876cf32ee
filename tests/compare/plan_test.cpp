#include "ravine/compare/plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compare/made_runs.hpp"

namespace ravine::compare {
namespace {

constexpr Metric accuracy{"accuracy", true};

Options small(std::size_t trials, std::size_t seeds) {
  return {.contenders = {{"sgd"}}, .tuning = {.trials = trials}, .seeds = seeds, .seed = 7};
}

/// Makes every run that is ready, until none is; the best trial is in the middle of the range.
Plan make_all(const Options& options, std::vector<compare::Run>& runs) {
  for (;;) {
    Plan plan = plan_of({"sgd"}, options, accuracy, runs);
    if (plan.complete) return plan;
    for (const Assignment& assignment : plan.ready) {
      const double rate =
          assignment.key.point.empty() ? 0.01 : assignment.key.point[0].value.number();
      runs.push_back(made_run(assignment.key, {rate > 0.02 && rate < 0.2 ? 0.9 : 0.5}));
    }
  }
}

TEST(Plan, WithoutTuningIsTheDefaultsWithFreshSeeds) {
  const Plan plan = plan_of({"sgd"}, small(1, 3), accuracy, {});
  ASSERT_EQ(plan.ready.size(), 3U);
  EXPECT_EQ(plan.expected, 3U);
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_EQ(plan.ready[k].key, (RunKey{.point = {}, .seed = 8 + k}));
    EXPECT_TRUE(plan.ready[k].fresh);
  }
}

TEST(Plan, TrialsShareTheSeedAndNeverMeetTheTestPart) {
  const Plan plan = plan_of({"sgd"}, small(16, 2), accuracy, {});
  std::size_t trials = 0;
  for (const Assignment& assignment : plan.ready) {
    if (assignment.key.seed == 7) ++trials;
    EXPECT_EQ(assignment.fresh, assignment.key.seed != 7);
  }
  EXPECT_EQ(trials, 16U);
  EXPECT_EQ(plan.ready.size(), 18U);  // the defaults' fresh runs need not wait
}

TEST(Plan, GivesFreshRunsToWhatEachBudgetSelectsOnce) {
  std::vector<compare::Run> runs;
  const Options options = small(16, 3);
  const Plan plan = make_all(options, runs);
  const std::vector<Budget> budgets = budgets_of(plan.tuning, accuracy);
  ASSERT_EQ(budgets.size(), 3U);
  EXPECT_EQ(budgets[0].trials, 1U);
  EXPECT_EQ(budgets[0].trial, 0U);
  EXPECT_EQ(budgets[1].trials, 4U);
  EXPECT_EQ(budgets[2].trials, plan.tuning.trials.size());
  EXPECT_EQ(budgets[2].trial, plan.tuning.best);
  const std::size_t settings = budgets[1].trial == budgets[2].trial ? 2 : 3;
  EXPECT_EQ(runs.size(), plan.tuning.trials.size() + settings * 3);
  EXPECT_EQ(plan.expected, runs.size());
  EXPECT_TRUE(plan.ready.empty());
}

TEST(Plan, AsksForWhatIsMissingAlone) {
  std::vector<compare::Run> runs;
  const Options options = small(8, 2);
  make_all(options, runs);
  const compare::Run lost = runs.back();
  runs.pop_back();
  const Plan plan = plan_of({"sgd"}, options, accuracy, runs);
  EXPECT_FALSE(plan.complete);
  ASSERT_EQ(plan.ready.size(), 1U);
  EXPECT_EQ(plan.ready[0].key, lost.key);
}

}  // namespace
}  // namespace ravine::compare
