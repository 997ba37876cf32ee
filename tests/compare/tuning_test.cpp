#include "ravine/compare/tuning.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "compare/made_runs.hpp"

namespace ravine::compare {
namespace {

constexpr Metric accuracy{"accuracy", true};
constexpr std::uint64_t seed = 3;

SearchSpace rate_from(double low, double high) {
  return {{.field = "lr", .low = low, .high = high, .scale = Scale::log, .standard = 0.01}};
}

/// Makes whatever trial is ready, its metric given by its learning rate, until none is left.
template <class MetricOfRate>
Tuning tune(const SearchSpace& space, const TuningOptions& options, std::vector<compare::Run>& runs,
            const MetricOfRate& metric_of_rate) {
  for (;;) {
    Tuning tuning = tuning_of(space, options, accuracy, seed, runs);
    if (tuning.complete) return tuning;
    EXPECT_FALSE(tuning.ready.empty());
    const Trial& trial = tuning.trials[tuning.ready.front().trial];
    const double rate = value_of(trial, space[0]);
    const RunKey key{.point = trial.point, .seed = seed};
    const double metric = metric_of_rate(rate);
    runs.push_back(std::isnan(metric) ? diverged_run(key) : made_run(key, {metric}));
  }
}

double peak_at(double best, double rate) {
  return 0.9 - 0.1 * std::abs(std::log10(rate) - std::log10(best));
}

TEST(Tuning, OfOneTrialOrNoSpaceIsTheDefaults) {
  for (const Tuning& tuning : {tuning_of(rate_from(1e-4, 1), {.trials = 1}, accuracy, seed, {}),
                               tuning_of({}, {.trials = 16}, accuracy, seed, {})}) {
    EXPECT_TRUE(tuning.complete);
    EXPECT_FALSE(tuning.anything());
    EXPECT_EQ(tuning.best, 0U);
    EXPECT_TRUE(tuning.trials.at(0).point.empty());
  }
}

TEST(Tuning, TriesTheDefaultsFirstAndSelectsTheBest) {
  std::vector<compare::Run> runs;
  const Tuning tuning = tune(rate_from(1e-4, 1), {.trials = 16}, runs,
                             [](double rate) { return peak_at(0.05, rate); });
  EXPECT_EQ(tuning.trials.size(), 16U);
  EXPECT_TRUE(tuning.trials[0].point.empty());
  EXPECT_TRUE(tuning.widenings.empty());
  EXPECT_FALSE(tuning.at_edge);
  // No other trial is nearer to where the metric has its peak.
  const double best = value_of(tuning.trials[*tuning.best], tuning.space[0]);
  for (const Trial& trial : tuning.trials)
    EXPECT_LE(std::abs(std::log10(best / 0.05)),
              std::abs(std::log10(value_of(trial, tuning.space[0]) / 0.05)));
}

TEST(Tuning, WhateverOrderTheRunsComeInItIsTheSame) {
  std::vector<compare::Run> runs;
  const auto metric = [](double rate) { return peak_at(0.05, rate); };
  const Tuning forward = tune(rate_from(1e-4, 1), {.trials = 8}, runs, metric);
  const std::vector<compare::Run> backward(runs.rbegin(), runs.rend());
  const Tuning other = tuning_of(rate_from(1e-4, 1), {.trials = 8}, accuracy, seed, backward);
  EXPECT_TRUE(other.complete);
  EXPECT_EQ(other.best, forward.best);
  for (std::size_t i = 0; i < 8; ++i) EXPECT_EQ(other.trials[i].point, forward.trials[i].point);
}

TEST(Tuning, WidensWhereTheBestIsTheLowestOrHighestTried) {
  std::vector<compare::Run> runs;
  const Tuning tuning = tune(rate_from(1e-4, 1e-1), {.trials = 16}, runs,
                             [](double rate) { return peak_at(0.5, rate); });
  ASSERT_FALSE(tuning.widenings.empty());
  EXPECT_EQ(tuning.widenings[0].field, "lr");
  EXPECT_DOUBLE_EQ(tuning.widenings[0].low, 1e-1);
  EXPECT_NEAR(tuning.widenings[0].high, std::pow(10, -0.25), 1e-12);  // a quarter of 3 decades
  EXPECT_EQ(tuning.widenings[0].trials, 4U);
  EXPECT_EQ(tuning.trials.size(), 16 + 4 * tuning.widenings.size());
  EXPECT_GE(tuning.space[0].high, 0.5);
  EXPECT_DOUBLE_EQ(tuning.space[0].low, 1e-4);
  EXPECT_FALSE(tuning.at_edge);
}

TEST(Tuning, SaysThatTheBestIsStillAtTheEdgeAfterThreeTimes) {
  std::vector<compare::Run> runs;
  const Tuning tuning = tune(rate_from(1e-4, 1e-2), {.trials = 8}, runs,
                             [](double rate) { return 0.5 + 0.01 * std::log10(rate); });
  EXPECT_EQ(tuning.widenings.size(), 3U);
  EXPECT_TRUE(tuning.at_edge);
}

TEST(Tuning, GoesToLowerRatesWhereEveryTrialDiverges) {
  std::vector<compare::Run> runs;
  const Tuning tuning = tune(rate_from(1e-2, 1e2), {.trials = 8}, runs, [](double rate) {
    return rate < 4e-3 ? peak_at(1e-3, rate) : std::nan("");
  });
  ASSERT_FALSE(tuning.widenings.empty());
  EXPECT_LT(tuning.widenings[0].low, 1e-2);
  ASSERT_TRUE(tuning.best.has_value());
  EXPECT_LT(value_of(tuning.trials[*tuning.best], tuning.space[0]), 4e-3);

  runs.clear();
  const Tuning none =
      tune(rate_from(1e-2, 1e2), {.trials = 8}, runs, [](double) { return std::nan(""); });
  EXPECT_FALSE(none.best.has_value());
}

TEST(Tuning, LeavesOtherFieldsAloneWhereEveryTrialDivergesAndTheRateIsHeld) {
  const SearchSpace kept{
      {.field = "momentum", .low = 0.5, .high = 0.99, .scale = Scale::log_gap, .standard = 0.9}};
  std::vector<compare::Run> runs;
  const Tuning tuning = tune(kept, {.trials = 6}, runs, [](double) { return std::nan(""); });
  EXPECT_TRUE(tuning.widenings.empty());
  EXPECT_FALSE(tuning.best.has_value());
}

TEST(Tuning, DoesNotWidenTowardsDefaultsThatLieOutside) {
  // The default, 0.01, is best and below all that is searched; among those, 1 is not at an end.
  std::vector<compare::Run> runs;
  const Tuning tuning = tune(rate_from(0.1, 10), {.trials = 8}, runs,
                             [](double rate) { return peak_at(0.01, rate); });
  EXPECT_EQ(tuning.best, 0U);
  EXPECT_TRUE(tuning.widenings.empty());
  EXPECT_FALSE(tuning.at_edge);
}

TEST(Tuning, BreaksTiesByTheLossAndThenByTheOrder) {
  const SearchSpace space = rate_from(1e-3, 1e-1);
  const TuningOptions options{.trials = 4};
  std::vector<compare::Run> runs;
  Tuning tuning = tuning_of(space, options, accuracy, seed, runs);
  for (const Trial& trial : tuning.trials)
    runs.push_back(made_run({.point = trial.point, .seed = seed}, {0.5}));
  tuning = tuning_of(space, options, accuracy, seed, runs);
  EXPECT_EQ(best_of(std::span(tuning.trials).first(4), accuracy), 0U);
  runs[2].epochs.back().validation_loss = 0.1;
  tuning = tuning_of(space, options, accuracy, seed, runs);
  EXPECT_EQ(best_of(std::span(tuning.trials).first(4), accuracy), 2U);
  EXPECT_EQ(best_of(std::span(tuning.trials).first(2), accuracy), 0U);
  runs[0].epochs.back().validation_loss = std::nan("");  // worse than any
  runs[2].epochs.back().validation_loss = std::nan("");
  tuning = tuning_of(space, options, accuracy, seed, runs);
  EXPECT_EQ(best_of(std::span(tuning.trials).first(4), accuracy), 1U);
  runs[0].epochs.back().validation_loss = 0.5;
  runs[2].epochs.back().validation_metric = std::nan("");
  tuning = tuning_of(space, options, accuracy, seed, runs);
  EXPECT_EQ(best_of(std::span(tuning.trials).first(4), accuracy), 0U);
}

TEST(Tuning, JudgesAWaveByTheMedianOfThoseBefore) {
  const SearchSpace space = rate_from(1e-4, 1);
  const TuningOptions options{.trials = 8, .stop_early = true};
  std::vector<compare::Run> runs;
  Tuning tuning = tuning_of(space, options, accuracy, seed, runs);
  ASSERT_EQ(tuning.ready.size(), 4U);  // the second wave waits for the first
  EXPECT_TRUE(tuning.ready[3].worst_allowed.empty());

  // The best so far after two epochs: 0.5 0.6, 0.7 0.7, 0.2 0.8, none at all.
  const std::vector<std::vector<double>> metrics{{0.5, 0.6}, {0.7, 0.4}, {0.2, 0.8}};
  for (std::size_t i = 0; i < 3; ++i)
    runs.push_back(made_run({.point = tuning.trials[i].point, .seed = seed}, metrics[i]));
  EXPECT_EQ(tuning_of(space, options, accuracy, seed, runs).ready.size(), 1U);
  runs.push_back(diverged_run({.point = tuning.trials[3].point, .seed = seed}));
  tuning = tuning_of(space, options, accuracy, seed, runs);
  ASSERT_EQ(tuning.ready.size(), 4U);
  EXPECT_EQ(tuning.ready[0].trial, 4U);
  // Of four, the worse of the two in the middle.
  EXPECT_THAT(tuning.ready[0].worst_allowed, testing::ElementsAre(0.2, 0.6));
}

}  // namespace
}  // namespace ravine::compare
