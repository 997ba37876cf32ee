#include "ravine/compare/sweep.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <set>

#include "ravine/data/datasets.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/threads.hpp"
#include "support/throws.hpp"

namespace ravine::compare {
namespace {

Options small(std::vector<Contender> contenders) {
  return {.hidden = {8},
          .contenders = std::move(contenders),
          .fit = {.epochs = 3},
          .tuning = {.trials = 5},
          .seeds = 2,
          .seed = 11};
}

std::vector<Problem> problems_of(const Options& options,
                                 const std::vector<std::string>& names = {"iris"}) {
  std::vector<Problem> problems;
  for (const std::string& name : names)
    problems.push_back(make_problem(name, data::load(name), options));
  return problems;
}

/// Without what differs from one time to the next, in an order that does not depend on who was done
/// first.
Runs comparable(Runs runs) {
  for (std::vector<compare::Run>& entry : runs) {
    for (Run& run : entry) {
      run.seconds = 0;
      for (EpochRecord& epoch : run.epochs) epoch.seconds = 0;
    }
    std::ranges::sort(entry, {}, [](const compare::Run& run) {
      return std::pair(run.key.seed, run.key.point.empty() ? 0 : run.key.point[0].value.number());
    });
  }
  return runs;
}

Runs swept(const Options& options, const SweepOptions& how = {}, Runs runs = {},
           const std::vector<std::string>& names = {"iris"}) {
  const std::vector<Problem> problems = problems_of(options, names);
  sweep(problems, options, how, runs);
  return runs;
}

TEST(Sweep, IsTheSameWhateverTheNumberOfJobs) {
  const Options options = small({{"sgd"}, {"adam"}, {"momentum"}});
  const Runs one = comparable(swept(options, {.jobs = 1}));
  for (const std::size_t jobs : {2, 3, 7})
    EXPECT_EQ(comparable(swept(options, {.jobs = jobs})), one);
}

TEST(Sweep, StartsAllOptimizersFromTheSameWeightsAndBatches) {
  // momentum with nothing kept, and one that begins with a different rule, are sgd to the bit.
  Options options = small({{"sgd"}, {"momentum", {{"momentum", 0.0}}}, {"sgd", {{"lr", 0.01}}}});
  options.tuning.trials = 1;
  const Runs runs = comparable(swept(options));
  ASSERT_EQ(runs[0].size(), 2U);
  for (std::size_t k = 0; k < 2; ++k) {
    EXPECT_EQ(runs[1][k].end, runs[0][k].end);
    EXPECT_EQ(runs[2][k].epochs, runs[0][k].epochs);
    EXPECT_EQ(runs[0][k].key.seed, 12 + k);
  }
  EXPECT_NE(runs[0][0].end, runs[0][1].end);
}

TEST(Sweep, OnlyFreshRunsMeetTheTestPart) {
  const Runs runs = swept(small({{"adam"}}));
  std::size_t trials = 0;
  for (const compare::Run& run : runs[0]) {
    EXPECT_EQ(run.end.has_value(), run.key.seed != 11);
    EXPECT_EQ(run.epochs.size(), 3U);
    trials += run.key.seed == 11 ? 1 : 0;
  }
  EXPECT_GE(trials, 5U);
}

TEST(Sweep, GoesOnFromTheRunsThatAreThere) {
  const Options options = small({{"sgd"}, {"adam"}});
  const Runs whole = comparable(swept(options));
  for (const std::size_t kept : {0U, 1U, 4U, 6U}) {
    Runs part = whole;
    for (std::vector<compare::Run>& entry : part) entry.resize(std::min(kept, entry.size()));
    part[1].clear();
    std::size_t made = 0;
    const std::vector<Problem> problems = problems_of(options);
    Runs runs = part;
    sweep(problems, options, {.jobs = 2}, runs,
          {.on_run = [&](const Entry&, const compare::Run&, const SweepState&) { ++made; }});
    EXPECT_EQ(comparable(runs), whole);
    EXPECT_EQ(made, whole[0].size() + whole[1].size() - part[0].size());
  }
}

TEST(Sweep, ShardsDoTheWholeBetweenThem) {
  const Options options = small({{"sgd"}, {"adam"}, {"rmsprop"}});
  const std::vector<std::string> names{"iris", "digits"};
  const Runs whole = comparable(swept(options, {.jobs = 2}, {}, names));
  Runs merged(whole.size());
  for (const std::size_t index : {0, 1, 2, 3}) {
    const Runs part = swept(options, {.shard = {.index = index, .of = 4}}, {}, names);
    for (std::size_t entry = 0; entry < part.size(); ++entry) {
      EXPECT_EQ(part[entry].empty(), entry % 4 != index);
      if (!part[entry].empty()) merged[entry] = part[entry];
    }
  }
  EXPECT_EQ(comparable(merged), whole);
}

TEST(Sweep, KnowsWhatIsMissing) {
  const Options options = small({{"sgd"}, {"adam"}});
  const std::vector<Problem> problems = problems_of(options);
  const std::vector<DataFacts> facts{problems[0].facts};
  Runs runs = swept(options);
  EXPECT_EQ(missing_runs(facts, options, {}, runs), 0U);
  runs[1].pop_back();
  EXPECT_EQ(missing_runs(facts, options, {}, runs), 1U);
  EXPECT_EQ(missing_runs(facts, options, {.index = 0, .of = 2}, runs), 0U);
  EXPECT_GT(missing_runs(facts, options, {}, Runs(2)), 10U);
}

TEST(Sweep, CanBeEndedAtAnyTimeAndKeepsWhatIsDone) {
  const Options options = small({{"sgd"}, {"adam"}});
  const std::vector<Problem> problems = problems_of(options);
  for (const std::size_t jobs : {1, 3}) {
    Runs runs;
    std::atomic<int> steps = 0;
    std::size_t told = 0;
    sweep(problems, options, {.jobs = jobs}, runs,
          {.on_run = [&](const Entry&, const compare::Run&, const SweepState&) { ++told; },
           .go_on = [&] { return ++steps < 100; }});
    const std::size_t done = runs[0].size() + runs[1].size();
    EXPECT_EQ(told, done);
    EXPECT_LT(done, 20U);
    for (const compare::Run& run : runs[0]) EXPECT_EQ(run.epochs.size(), 3U);
    EXPECT_EQ(comparable(swept(options, {}, runs)), comparable(swept(options)));
  }
}

TEST(Sweep, SaysHowFarItIs) {
  const Options options = small({{"sgd"}, {"adam"}});
  const std::vector<Problem> problems = problems_of(options);
  Runs runs;
  SweepState last;
  std::size_t most_at_once = 0;
  std::set<std::size_t> epochs;
  sweep(
      problems, options, {.jobs = 2}, runs,
      {.on_run = [&](const Entry&, const compare::Run&, const SweepState& state) { last = state; },
       .on_progress =
           [&](const SweepState& state) {
             most_at_once = std::max(most_at_once, state.running.size());
             for (const Running& run : state.running) {
               epochs.insert(run.epoch);
               EXPECT_EQ(run.epochs, 3U);
             }
           }});
  EXPECT_EQ(last.done, runs[0].size() + runs[1].size());
  EXPECT_EQ(last.expected, last.done);
  EXPECT_LE(most_at_once, 2U);
  EXPECT_EQ(epochs, (std::set<std::size_t>{0, 1, 2, 3}));
}

TEST(Sweep, AFailureInOneJobEndsAll) {
  const Options options = small({{"sgd"}, {"adam"}});
  const std::vector<Problem> problems = problems_of(options);
  Runs runs;
  EXPECT_TRUE(test::throws<IoError>(
      [&] {
        sweep(problems, options, {.jobs = 2}, runs,
              {.on_run = [](const Entry&, const compare::Run&, const SweepState&) {
                throw IoError("no room");
              }});
      },
      testing::HasSubstr("no room")));
}

TEST(Sweep, ARunThatDivergesSaysWhy) {
  Options options = small({{"sgd", {{"lr", 1e30}}}});
  options.model = train::ModelKind::linear;
  options.hidden = {};
  const Runs runs = swept(options, {}, {}, {"diabetes"});
  ASSERT_EQ(runs[0].size(), 2U);
  EXPECT_EQ(runs[0][0].status, train::Status::diverged);
  EXPECT_THAT(runs[0][0].reason, testing::HasSubstr("diverged at step"));
  EXPECT_FALSE(runs[0][0].end.has_value());
}

TEST(Sweep, ARunThatEndsFarFromAnySolutionHasDiverged) {
  // The greatest curvature of these features is 4.0: descent with a rate above 2 / 4.0 = 0.5 leaves
  // the solution, and in few steps it meets no number that is not finite.
  Options options = small({{"sgd", {{"lr", 1.0}}}, {"sgd", {{"lr", 0.01}}}});
  options.model = train::ModelKind::linear;
  options.hidden = {};
  const Runs runs = swept(options, {}, {}, {"diabetes"});
  for (const compare::Run& run : runs[0]) {
    EXPECT_EQ(run.status, train::Status::diverged);
    EXPECT_TRUE(std::isfinite(run.epochs.back().train_loss));
    EXPECT_THAT(run.reason, testing::HasSubstr("more than 10 times that of a constant prediction, "
                                               "0.5"));
    EXPECT_FALSE(run.end.has_value());
  }
  for (const compare::Run& run : runs[1]) EXPECT_EQ(run.status, train::Status::finished);
}

TEST(Sweep, EverySearchMakesTheSameNumberOfTrials) {
  for (const Search search : {Search::random, Search::quasi, Search::grid}) {
    Options options = small({{"sgd"}, {"momentum"}});
    options.tuning = {.trials = 12, .search = search};
    options.fit.epochs = 1;
    for (const Contender& contender : options.contenders)
      EXPECT_EQ(plan_of(contender, options, {"accuracy", true}, {}).tuning.trials.size(), 12U);
  }
}

TEST(Sweep, GivesUpHopelessTrialsWhereAsked) {
  Options options = small({{"sgd"}});
  options.tuning = {.trials = 16, .stop_early = true};
  options.fit.epochs = 4;
  const Runs one = comparable(swept(options, {.jobs = 1}, {}, {"digits"}));
  std::size_t stopped = 0;
  for (const compare::Run& run : one[0]) {
    if (run.status != train::Status::stopped) continue;
    ++stopped;
    EXPECT_EQ(run.key.seed, 11U);
    EXPECT_LT(run.epochs.size(), 4U);
  }
  EXPECT_GT(stopped, 2U);
  EXPECT_EQ(comparable(swept(options, {.jobs = 4}, {}, {"digits"})), one);
}

TEST(Sweep, StateIsWhatARunLeft) {
  // Each pair of lbfgs is two vectors of the parameters' size, and there is none before a step.
  Options options = small({{"lbfgs"}, {"adam"}});
  options.fit.batch_size = 120;
  options.tuning.trials = 1;
  const Runs runs = swept(options);
  EXPECT_GE(runs[0][0].state_bytes_per_parameter, 2 * sizeof(float));
  EXPECT_EQ(runs[1][0].state_bytes_per_parameter, 2 * sizeof(float));
}

TEST(Sweep, GroupsHoldForEveryContender) {
  // Nothing moves at a rate of 0, whatever the rule's own rate is.
  Options options = small({{"sgd"}, {"adam"}});
  options.tuning.trials = 1;
  options.groups = {{"*", {{"lr", 0.0}}}};
  const Runs runs = comparable(swept(options));
  EXPECT_EQ(runs[0][0].end, runs[1][0].end);
}

TEST(Sweep, LeavesTheThreadsAsTheyWere) {
  const std::size_t before = threads();
  set_threads(3);
  swept(small({{"sgd"}}));
  EXPECT_EQ(threads(), 3U);
  set_threads(before);
}

}  // namespace
}  // namespace ravine::compare
