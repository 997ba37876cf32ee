#include "ravine/compare/comparison.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "compare/made_runs.hpp"
#include "ravine/compare/plan.hpp"

namespace ravine::compare {
namespace {

using testing::ElementsAre;
using testing::SizeIs;
using Runs = std::vector<std::vector<compare::Run>>;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// 25 examples in batches of 10 are 3 steps an epoch.
const DataFacts classes{
    .name = "made", .task = data::Task::classification, .train_examples = 25, .layers = {2, 2}};
const DataFacts numbers{
    .name = "made", .task = data::Task::regression, .train_examples = 25, .layers = {2, 1}};

/// Nothing is tuned: seed 0 is that of trials, and there are fresh runs from 1 on.
Options untuned(std::vector<Contender> contenders, std::size_t seeds) {
  return {.contenders = std::move(contenders),
          .fit = {.epochs = 3, .batch_size = 10},
          .tuning = {.trials = 1},
          .seeds = seeds};
}

Options tuned(TuningOptions tuning, std::size_t seeds) {
  return {.contenders = {{"sgd"}},
          .fit = {.epochs = 2, .batch_size = 10},
          .tuning = tuning,
          .seeds = seeds,
          .seed = 7};
}

compare::Run fresh(std::uint64_t seed, const std::vector<double>& validation, double test) {
  compare::Run run = made_run({.seed = seed}, validation);
  run.end = EndResult{.train_loss = 2 * test, .test_loss = 1 - test, .test_metric = test};
  run.steps = 3 * validation.size();
  run.state_bytes_per_parameter = 4;
  return run;
}

compare::Run diverged_after(std::uint64_t seed, const std::vector<double>& validation) {
  compare::Run run = made_run({.seed = seed}, validation);
  run.status = train::Status::diverged;
  return run;
}

TEST(CompareRuns, ByHand) {
  const Runs runs{{fresh(1, {0.5, 0.8, 0.90}, 0.88), fresh(2, {0.5, 0.9, 0.92}, 0.90),
                   fresh(3, {0.5, 0.6, 0.70}, 0.68)},
                  {fresh(1, {0.1, 0.2, 0.30}, 0.31), fresh(2, {0.1, 0.2, 0.40}, 0.37),
                   fresh(3, {0.1, 0.8, 0.90}, 0.85)}};
  Options options = untuned({{"sgd"}, {"adam"}}, 3);
  options.target = Target{.value = 0.8};
  const Comparison result = compare_runs(classes, options, runs);
  ASSERT_THAT(result.standings, SizeIs(2));
  const Standing& sgd = result.standings[0];
  EXPECT_EQ(sgd.contender.name, "sgd");
  EXPECT_NEAR(sgd.tuned->test_metric->mean, 0.82, 1e-12);
  EXPECT_NEAR(sgd.tuned->test_metric->std, std::sqrt((0.06 * 0.06 + 0.08 * 0.08 + 0.14 * 0.14) / 2),
              1e-12);
  EXPECT_NEAR(sgd.tuned->train_loss->mean, 1.64, 1e-12);
  EXPECT_EQ(sgd.tuned->diverged, 0U);
  EXPECT_EQ(sgd.epochs_to_target.median, 2);  // 2, 2 and a miss
  EXPECT_EQ(sgd.epochs_to_target.reached, 2U);
  EXPECT_EQ(sgd.epochs_to_target.of, 3U);
  EXPECT_EQ(sgd.steps_to_target.median, 6);
  EXPECT_EQ(sgd.seconds_to_target.median, 2);
  EXPECT_DOUBLE_EQ(*sgd.step_seconds, 1.0 / 3);
  EXPECT_EQ(sgd.state_bytes_per_parameter, 4U);
  ASSERT_THAT(sgd.curve, SizeIs(3));
  EXPECT_EQ(sgd.curve[2].steps, 9);
  EXPECT_DOUBLE_EQ(sgd.curve[2].validation_metric.median, 0.90);
  EXPECT_FALSE(result.standings[1].epochs_to_target.median.has_value());
  EXPECT_EQ(result.standings[1].epochs_to_target.reached, 1U);
  EXPECT_EQ(result.best, 0U);
  EXPECT_EQ(result.target, 0.8);
  ASSERT_THAT(result.pairs, SizeIs(1));
  EXPECT_EQ(result.pairs[0].a, 0U);
  EXPECT_EQ(result.pairs[0].b, 1U);
  EXPECT_NEAR(result.pairs[0].difference.mean, (0.57 + 0.53 - 0.17) / 3, 1e-12);
  EXPECT_EQ(result.pairs[0].difference.n, 3U);
  EXPECT_FALSE(result.pairs[0].difference.beyond_noise());
}

TEST(CompareRuns, WithoutTuningTheTunedAreTheDefaults) {
  const Runs runs{{fresh(1, {0.5}, 0.6), fresh(2, {0.5}, 0.7)}};
  const Comparison result = compare_runs(classes, untuned({{"sgd", {{"lr", 0.5}}}}, 2), runs);
  const Standing& sgd = result.standings[0];
  EXPECT_EQ(sgd.tuned->runs, sgd.defaults.runs);
  EXPECT_EQ(sgd.tuned->runs, (std::vector{&runs[0][0], &runs[0][1]}));
  EXPECT_EQ(sgd.tuned->settings[0], (optim::Setting{"lr", 0.5}));
  EXPECT_TRUE(sgd.trials.empty());
  EXPECT_FALSE(sgd.lr_width_decades.has_value());
  ASSERT_THAT(sgd.budget, SizeIs(1));
  EXPECT_EQ(sgd.budget[0].trials, 1U);
  EXPECT_NEAR(sgd.budget[0].test_metric->mean, 0.65, 1e-12);
}

TEST(CompareRuns, ARunThatDivergesIsCountedAndNotAveraged) {
  // The first one is better in the runs that are left to it.
  const Runs runs{
      {fresh(1, {0.9, 0.98}, 0.97), diverged_after(2, {0.9}), fresh(3, {0.9, 0.98}, 0.99)},
      {fresh(1, {0.5, 0.70}, 0.7), fresh(2, {0.5, 0.80}, 0.8), fresh(3, {0.5, 0.75}, 0.6)}};
  const Comparison result = compare_runs(classes, untuned({{"sgd"}, {"adam"}}, 3), runs);
  const Standing& sgd = result.standings[0];
  EXPECT_EQ(sgd.tuned->diverged, 1U);
  EXPECT_EQ(sgd.tuned->test_metric->n, 2U);
  EXPECT_NEAR(sgd.tuned->test_metric->mean, 0.98, 1e-12);
  EXPECT_EQ(result.best, 1U);
  EXPECT_DOUBLE_EQ(*result.target, 0.99 * 0.75);  // not from the one that diverged at times
  // Before it diverged, it was beyond the target.
  EXPECT_EQ(sgd.epochs_to_target.reached, 2U);
  EXPECT_EQ(sgd.epochs_to_target.of, 3U);
  ASSERT_THAT(sgd.curve, SizeIs(2));
  EXPECT_EQ(sgd.curve[0].n, 3U);
  EXPECT_EQ(sgd.curve[1].n, 2U);
  EXPECT_EQ(result.pairs[0].difference.n, 2U);
  EXPECT_NEAR(result.pairs[0].difference.mean, (0.27 + 0.39) / 2, 1e-12);
}

TEST(CompareRuns, ATestMetricThatIsNotFiniteIsNone) {
  const Runs runs{{fresh(1, {2.0}, 2.5), fresh(2, {2.0}, nan)}};
  const Comparison result = compare_runs(numbers, untuned({{"sgd"}}, 2), runs);
  EXPECT_EQ(result.standings[0].tuned->diverged, 1U);
  EXPECT_EQ(result.standings[0].tuned->test_metric->mean, 2.5);
  EXPECT_FALSE(result.target.has_value());
}

TEST(CompareRuns, WhereAllDivergeNothingIsLeft) {
  const Runs runs{{diverged_after(1, {}), diverged_after(2, {0.2})}, {diverged_after(1, {0.5})}};
  const Comparison result = compare_runs(classes, untuned({{"sgd"}, {"adam"}}, 2), runs);
  EXPECT_EQ(result.standings[0].tuned->diverged, 2U);
  EXPECT_FALSE(result.standings[0].tuned->test_metric.has_value());
  EXPECT_FALSE(result.standings[0].epochs_to_target.median.has_value());
  EXPECT_EQ(result.standings[0].epochs_to_target.of, 2U);
  EXPECT_FALSE(result.target.has_value());
  EXPECT_FALSE(result.best.has_value());
  EXPECT_TRUE(result.pairs.empty());
}

TEST(CompareRuns, OfNumbersTheLowestIsTheBest) {
  const Runs runs{{fresh(1, {5, 4.0}, 4.1), fresh(2, {5, 4.2}, 4.3)},
                  {fresh(1, {9, 3.0}, 3.1), fresh(2, {9, 3.2}, 3.3)}};
  const Comparison result = compare_runs(numbers, untuned({{"sgd"}, {"adam"}}, 2), runs);
  EXPECT_EQ(result.metric.name, std::string("rmse"));
  EXPECT_EQ(result.best, 1U);
  EXPECT_DOUBLE_EQ(*result.target, 1.01 * 3.1);
  EXPECT_EQ(result.standings[0].epochs_to_target.reached, 0U);
  EXPECT_EQ(result.standings[1].epochs_to_target.reached, 1U);
  EXPECT_EQ(result.standings[1].epochs_to_target.median, 2);  // exactly half
}

TEST(CompareRuns, AMetricThatIsNotANumberReachesNothing) {
  const Runs runs{{fresh(1, {nan, 2.0}, 2.1)}};
  Options options = untuned({{"sgd"}}, 1);
  options.target = Target{.value = 3};
  EXPECT_EQ(compare_runs(numbers, options, runs).standings[0].epochs_to_target.median, 2);
}

TEST(CompareRuns, AnIntervalHoldsOnlyWhatTheMetricCanBe) {
  const Runs runs{{fresh(1, {0.9}, 0.99), fresh(2, {0.9}, 0.80)},
                  {fresh(1, {0.9}, 0.01), fresh(2, {0.9}, 0.20)}};
  const Comparison result = compare_runs(classes, untuned({{"sgd"}, {"adam"}}, 2), runs);
  EXPECT_EQ(result.standings[0].tuned->test_metric->ci95, (Interval{0, 1}));
  const Comparison of_numbers = compare_runs(numbers, untuned({{"sgd"}, {"adam"}}, 2), runs);
  EXPECT_EQ(of_numbers.standings[0].tuned->test_metric->ci95->low, 0);
  EXPECT_GT(of_numbers.standings[0].tuned->test_metric->ci95->high, 1);
}

TEST(CompareRuns, WhatIsMissingIsLeftOut) {
  const Comparison nothing = compare_runs(classes, untuned({{"sgd"}, {"adam"}}, 3), Runs(2));
  EXPECT_FALSE(nothing.target.has_value());
  EXPECT_FALSE(nothing.best.has_value());
  EXPECT_TRUE(nothing.pairs.empty());
  EXPECT_EQ(nothing.standings[0].epochs_to_target.of, 0U);
  EXPECT_FALSE(nothing.standings[0].step_seconds.has_value());
  // A run that nobody asked for, too.
  const Runs runs{{fresh(3, {0.5}, 0.7), fresh(4, {0.5}, 0.1)}, {fresh(2, {0.5}, 0.6)}};
  const Comparison some = compare_runs(classes, untuned({{"sgd"}, {"adam"}}, 3), runs);
  EXPECT_EQ(some.standings[0].tuned->test_metric->mean, 0.7);
  EXPECT_TRUE(some.pairs.empty());  // no seed in common
  EXPECT_FALSE(
      compare_runs(classes, tuned({.trials = 4}, 2), Runs(1)).standings[0].tuned.has_value());
}

/// A sweep of one optimizer, whose runs say of themselves what their learning rate makes of them.
std::vector<compare::Run> made_sweep(const Options& options,
                                     const std::function<compare::Run(const Assignment&)>& make) {
  std::vector<compare::Run> runs;
  const Metric metric = metric_of(data::Task::classification);
  for (;;) {
    const Plan plan = plan_of(options.contenders[0], options, metric, runs);
    if (plan.complete) return runs;
    for (const Assignment& assignment : plan.ready) runs.push_back(make(assignment));
  }
}

double rate_of(const RunKey& key) { return key.point.empty() ? 0.01 : key.point[0].value.number(); }

/// Best at 0.1, within one percent of it from 0.03 to 0.3, and diverging beyond.
compare::Run made_by_rate(const Assignment& assignment) {
  const double rate = rate_of(assignment.key);
  if (rate > 0.3) return diverged_run(assignment.key);
  const double decades = std::abs(std::log10(rate) + 1);
  const double validation = decades < 0.02 ? 0.8 : rate >= 0.03 ? 0.795 : 0.7 - 0.1 * decades;
  compare::Run run = made_run(assignment.key, {validation / 2, validation});
  if (assignment.fresh)
    run.end =
        EndResult{.train_loss = 1 - validation,
                  .test_loss = 1 - validation,
                  .test_metric = validation - 0.01 * static_cast<double>(assignment.key.seed - 7)};
  return run;
}

TEST(CompareRuns, JudgesTheSettingThatTheTrialsSelect) {
  // Rates from 1e-4 to 1, half a decade apart, in random order after the default.
  Options options = tuned({.trials = 10, .search = Search::grid}, 2);
  options.ranges = {{.optimizer = "sgd", .field = "lr", .low = 1e-4, .high = 1}};
  const Runs runs{made_sweep(options, made_by_rate)};
  const Comparison result = compare_runs(classes, options, runs);
  const Standing& sgd = result.standings[0];

  std::vector<double> rates;
  std::size_t diverged = 0;
  for (const TrialResult& trial : sgd.trials) {
    rates.push_back(*trial.lr);
    if (*trial.lr > 0.3) ++diverged;
    EXPECT_EQ(trial.status == train::Status::diverged, *trial.lr > 0.3);
    EXPECT_EQ(trial.validation_metric.has_value(), *trial.lr <= 0.3);
  }
  EXPECT_GE(sgd.trials.size(), 9U);
  EXPECT_EQ(rates[0], 0.01);  // the defaults
  EXPECT_GE(diverged, 1U);
  EXPECT_EQ(sgd.diverged_trials, diverged);
  EXPECT_EQ(sgd.stopped_trials, 0U);

  ASSERT_TRUE(sgd.tuned.has_value());
  EXPECT_NEAR(sgd.tuned->settings[0].value.number(), 0.1, 0.005);
  EXPECT_EQ(sgd.defaults.settings[0].value.number(), 0.01);
  EXPECT_THAT(sgd.tuned->runs, SizeIs(2));
  EXPECT_NEAR(sgd.tuned->test_metric->mean, 0.8 - 0.015, 1e-9);
  EXPECT_NEAR(sgd.defaults.test_metric->mean, 0.6 - 0.015, 1e-9);
  EXPECT_NEAR(sgd.budget.front().test_metric->mean, 0.6 - 0.015, 1e-9);
  EXPECT_EQ(sgd.budget.back().trials, sgd.trials.size());
  EXPECT_NEAR(sgd.budget.back().test_metric->mean, 0.8 - 0.015, 1e-9);

  double low = 1, high = 0;
  for (const double rate : rates)
    if (rate >= 0.03 && rate <= 0.3) low = std::min(low, rate), high = std::max(high, rate);
  EXPECT_NEAR(*sgd.lr_width_decades, std::log10(high / low), 1e-12);
  EXPECT_GT(*sgd.lr_width_decades, 0.4);
}

TEST(CompareRuns, HoldsTheTrialAgainstTheFreshRunsOfItsSetting) {
  const auto runs_with = [](double trial) {
    return made_sweep(tuned({.trials = 4}, 3), [&](const Assignment& assignment) {
      const double fresh_end = 0.90 + 0.01 * static_cast<double>(assignment.key.seed - 8);
      compare::Run run = made_run(assignment.key, {0.99, assignment.fresh               ? fresh_end
                                                         : assignment.key.point.empty() ? trial
                                                                                        : 0.1});
      if (assignment.fresh) run.end = EndResult{.test_metric = 0.5};
      return run;
    });
  };
  const Runs honest{runs_with(0.9596)};
  Standing sgd = compare_runs(classes, tuned({.trials = 4}, 3), honest).standings[0];
  EXPECT_EQ(sgd.selected_validation, 0.9596);
  EXPECT_NEAR(sgd.tuned->validation_metric->mean, 0.91, 1e-12);
  EXPECT_NEAR(sgd.tuned->validation_metric->std, 0.01, 1e-12);
  EXPECT_EQ(sgd.tuned->validation_metric->n, 3U);
  EXPECT_FALSE(sgd.lucky);
  const Runs lucky{runs_with(0.9598)};
  EXPECT_TRUE(compare_runs(classes, tuned({.trials = 4}, 3), lucky).standings[0].lucky);
}

TEST(CompareRuns, WithoutTuningNothingWasSelected) {
  const Runs runs{{fresh(1, {0.5}, 0.6), diverged_after(2, {0.5}), fresh(3, {0.7}, 0.7)}};
  const Standing sgd = compare_runs(classes, untuned({{"sgd"}}, 3), runs).standings[0];
  EXPECT_FALSE(sgd.selected_validation.has_value());
  EXPECT_FALSE(sgd.lucky);
  EXPECT_NEAR(sgd.tuned->validation_metric->mean, 0.6, 1e-12);
  EXPECT_EQ(sgd.tuned->validation_metric->n, 2U);
}

TEST(CompareRuns, ATargetIsOfTheDataThatHaveItsMetric) {
  Options options = untuned({{"sgd"}}, 1);
  options.target = Target{.metric = "accuracy", .value = 0.4};
  const Runs runs{{fresh(1, {0.5}, 0.6)}};
  EXPECT_EQ(compare_runs(classes, options, runs).target, 0.4);
  EXPECT_DOUBLE_EQ(*compare_runs(numbers, options, runs).target, 1.01 * 0.5);
}

TEST(CompareRuns, WhereNoTrialFinishesOnlyTheDefaultsAreThere) {
  const Options options = tuned({.trials = 4}, 2);
  const Runs runs{made_sweep(
      options, [](const Assignment& assignment) { return diverged_run(assignment.key); })};
  const Comparison result = compare_runs(classes, options, runs);
  const Standing& sgd = result.standings[0];
  EXPECT_FALSE(sgd.tuned.has_value());
  EXPECT_EQ(sgd.defaults.diverged, 2U);
  EXPECT_EQ(sgd.diverged_trials, sgd.trials.size());
  EXPECT_FALSE(sgd.lr_width_decades.has_value());
  EXPECT_FALSE(sgd.budget.back().test_metric.has_value());
  EXPECT_TRUE(sgd.curve.empty());
  EXPECT_FALSE(result.best.has_value());
  EXPECT_THAT(profiles_of(std::vector{result}), SizeIs(1));
}

TEST(CompareRuns, TheOrderInWhichRunsWereMadeDoesNotMatter) {
  const Options options = tuned({.trials = 8}, 6);
  Runs runs{made_sweep(options, made_by_rate)};
  const Comparison first = compare_runs(classes, options, runs);
  const Interval interval = *first.standings[0].tuned->test_metric->ci95;
  const std::vector<CurvePoint> curve = first.standings[0].curve;
  const optim::Settings settings = first.standings[0].tuned->settings;
  std::ranges::reverse(runs[0]);
  const Comparison second = compare_runs(classes, options, runs);
  EXPECT_EQ(second.standings[0].tuned->test_metric->ci95, interval);
  EXPECT_EQ(second.standings[0].curve, curve);
  EXPECT_EQ(second.standings[0].tuned->settings, settings);
}

TEST(ProfilesOf, AreOverDatasetsAndSeeds) {
  Options options = untuned({{"sgd"}, {"adam"}}, 2);
  options.target = Target{.value = 0.8};
  // Epochs to the target: sgd 1, 3; adam 2, 3.
  const Runs first{{fresh(1, {0.8, 0.9, 0.9}, 0.9), fresh(2, {0.1, 0.2, 0.8}, 0.8)},
                   {fresh(1, {0.1, 0.9, 0.9}, 0.9), fresh(2, {0.1, 0.2, 0.8}, 0.8)}};
  // sgd never and after it diverged; adam 1, and a run that is not there.
  const Runs second{{fresh(1, {0.1, 0.1, 0.1}, 0.1), diverged_after(2, {0.9})},
                    {fresh(1, {0.8, 0.9, 0.9}, 0.9)}};
  const std::vector<Profile> profiles = profiles_of(
      std::vector{compare_runs(classes, options, first), compare_runs(classes, options, second)});
  ASSERT_THAT(profiles, SizeIs(2));
  EXPECT_THAT(profiles[0].factor, ElementsAre(1));
  EXPECT_THAT(profiles[0].share, ElementsAre(0.5));
  EXPECT_THAT(profiles[1].factor, ElementsAre(1, 2));
  EXPECT_THAT(profiles[1].share, ElementsAre(0.5, 0.75));
}

TEST(ProfilesOf, NothingIsNothing) { EXPECT_TRUE(profiles_of({}).empty()); }

}  // namespace
}  // namespace ravine::compare
