#include "ravine/report/comparison_words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/example_comparison.hpp"

namespace ravine::report {
namespace {

using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> words_of(ExampleResults& example) {
  return words_on(example.comparison(), example.results);
}

void set_seeds(ExampleResults& example, std::size_t seeds) {
  example.results.options.seeds = seeds;
  for (compare::Standing& standing : example.comparison().standings) {
    standing.tuned->test_metric->n = seeds;
    standing.tuned->runs.resize(seeds);
    if (seeds == 1) {
      standing.tuned->test_metric->std = 0;
      standing.tuned->test_metric->ci95.reset();
    }
  }
  for (compare::Pair& pair : example.comparison().pairs) {
    pair.difference.n = seeds;
    if (seeds < 3) pair.difference.ci95.reset();
  }
}

TEST(ComparisonWords, SayWhoIsBestWhoIsLevelWhoIsWorseAndWhatToUse) {
  ExampleResults example = example_results();
  EXPECT_THAT(
      words_of(example),
      ElementsAre(
          "adam has the highest mean test accuracy on digits, 0.9720 (95 % interval [0.9681, "
          "0.9759]) over 5 seeds.",
          "The difference to momentum, 0.0020 [−0.0011, 0.0051], is within noise.",
          "Worse beyond noise at these settings: sgd by 0.0310 [0.0281, 0.0339] (about 11 of the "
          "359 test examples).",
          "5 seeds do not tell momentum and adam apart: momentum alone reaches the target in all "
          "runs, in a median of 36 steps.",
          "Take momentum: `ravine train --data digits --model mlp --hidden 32 --activation relu "
          "--optimizer momentum:lr=0.0214567 --epochs 2 --batch-size 32`.",
          "Tuning improved adam by 0.0120 [0.0120, 0.0120] over its defaults.",
          "Tuning improved momentum by 0.0600 [0.0600, 0.0600] over its defaults.",
          "Tuning improved sgd by 0.3000 [0.3000, 0.3000] over its defaults.",
          "The search space was widened, as the best trial stood at an end of it: lr of adam.",
          "1 trial was given up early, for being worse than the median of those before.",
          "One of the 359 test examples is 0.0028 of accuracy, more than the difference to "
          "momentum."));
}

TEST(ComparisonWords, NameTheOneToUseWhereNoneIsLevel) {
  ExampleResults example = example_results();
  example.comparison().pairs[0].difference = {
      .mean = -0.02, .n = 5, .ci95 = compare::Interval{-0.03, -0.01}};
  const auto words = words_of(example);
  EXPECT_THAT(
      words,
      Contains(
          "Worse beyond noise at these settings: momentum by 0.0200 [0.0100, 0.0300] (about 7 of "
          "the 359 test examples) and sgd by 0.0310 [0.0281, 0.0339] (about 11 "
          "of the 359 test examples)."));
  EXPECT_THAT(words,
              Contains(HasSubstr("Take adam: `ravine train --data digits --model mlp --hidden 32 "
                                 "--activation relu --optimizer "
                                 "adam:lr=0.00213456,beta1=0.99971,eps=1e-07 --epochs")));
  EXPECT_THAT(words, Each(Not(HasSubstr("within noise"))));
}

/// Lets a standing reach the target in so many of five runs.
void set_reached(ExampleResults& example, std::size_t standing, std::size_t reached,
                 std::optional<double> median) {
  example.standing(standing).steps_to_target = {.median = median, .reached = reached, .of = 5};
}

TEST(ComparisonWords, TakeTheFastestAndTheSmallestWhereTheyDiffer) {
  ExampleResults example = example_results();
  set_reached(example, 0, 5, 100);
  set_reached(example, 1, 5, 72);
  const auto words = words_of(example);
  EXPECT_THAT(words,
              Contains("5 seeds do not tell momentum and adam apart: adam reaches the target in "
                       "all runs in the fewest steps (a median of 72), momentum keeps the least "
                       "state (4 bytes a parameter)."));
  EXPECT_THAT(words, Contains(HasSubstr("Take adam: `ravine train ")));
  EXPECT_THAT(words, Contains(HasSubstr("Or, for less state, momentum: `ravine train ")));
  set_reached(example, 0, 5, 36);
  EXPECT_THAT(words_of(example),
              Contains("5 seeds do not tell momentum and adam apart: momentum reaches the target "
                       "in all runs in the fewest steps (a median of 36) and keeps the least "
                       "state (4 bytes a parameter)."));
  EXPECT_THAT(words_of(example), Each(Not(HasSubstr("Or, for less state"))));
}

/// The wider an interval, the sooner it has 0 in it: that makes nothing good enough.
TEST(ComparisonWords, TakeNoneWhoseMeanIsFarFromTheBest) {
  ExampleResults example = example_results();
  example.comparison().pairs[1].difference.ci95 = compare::Interval{-0.001, 0.059};
  example.comparison().pairs[2].difference.ci95 = compare::Interval{-0.001, 0.063};
  set_reached(example, 0, 5, 50);
  set_reached(example, 1, 5, 40);
  set_reached(example, 2, 5, 10);
  const auto words = words_of(example);
  EXPECT_THAT(words, Contains("5 seeds do not tell momentum, adam and sgd apart; undecided: sgd "
                              "may be up to 0.0630 worse than adam."));
  EXPECT_THAT(words, Contains("Near the best are momentum and adam: adam reaches the target in all "
                              "runs in the fewest steps (a median of 40), momentum keeps the least "
                              "state (4 bytes a parameter)."));
  EXPECT_THAT(words, Contains(HasSubstr("Take adam: `")));
  EXPECT_THAT(words, Each(Not(HasSubstr("sgd: `"))));

  example.standing(0).tuned->test_metric->mean = 0.9622;  // 0.99 x 0.972 is 0.96228
  const auto alone = words_of(example);
  EXPECT_THAT(alone, Contains("5 seeds do not tell momentum, adam and sgd apart; undecided: "
                              "momentum may be up to 0.0051 and sgd up to 0.0630 worse than "
                              "adam."));
  EXPECT_THAT(alone, Contains(HasSubstr("Take adam: `")));
  EXPECT_THAT(alone, Each(Not(HasSubstr("Near the best"))));
  EXPECT_THAT(alone, Each(Not(HasSubstr("Or, for less state"))));
  example.standing(0).tuned->test_metric->mean = 0.9623;
  EXPECT_THAT(words_of(example), Contains(HasSubstr("Near the best are momentum and adam: adam")));
}

TEST(ComparisonWords, NearIsAlsoWhatTheIntervalOfTheBestLeavesOpen) {
  ExampleResults example = example_results();
  example.standing(1).tuned->test_metric->ci95 = compare::Interval{0.95, 0.99};  // ± 0.02
  example.standing(0).tuned->test_metric->mean = 0.9521;
  EXPECT_THAT(words_of(example), Contains(HasSubstr("momentum and adam apart: ")));
  example.standing(0).tuned->test_metric->mean = 0.9519;
  EXPECT_THAT(words_of(example),
              Contains("5 seeds do not tell momentum and adam apart; undecided: momentum may be up "
                       "to 0.0051 worse than adam."));
}

TEST(ComparisonWords, OfAnErrorNearIsNoMoreThanOnePercentAbove) {
  ExampleResults example = example_results();
  compare::Comparison& comparison = example.comparison();
  comparison.metric = compare::metric_of(data::Task::regression);
  const auto set_error = [&](std::size_t i, double mean) {
    example.standing(i).tuned->test_metric =
        compare::Summary{mean, 90, 5, compare::Interval{mean - 100, mean + 100}};
  };
  set_error(0, 20132);
  set_error(1, 16831);
  comparison.pairs[0].difference.mean = 3301;
  comparison.pairs[0].difference.ci95 = compare::Interval{-1923, 8525};
  EXPECT_THAT(words_of(example),
              Contains("5 seeds do not tell momentum and adam apart; undecided: momentum may be up "
                       "to 8525 worse than adam."));
  set_error(0, 16999);  // 1.01 x 16831 is 16999.31
  EXPECT_THAT(words_of(example), Each(Not(HasSubstr("undecided"))));
  set_error(0, 17000);
  EXPECT_THAT(words_of(example), Contains(HasSubstr("undecided: momentum")));
}

TEST(ComparisonWords, NameAllThatShareTheBestMean) {
  ExampleResults example = example_results();
  const auto set_all = [&](double accuracy) {
    for (const std::size_t i : {0U, 1U})
      example.standing(i).tuned->test_metric =
          compare::Summary{accuracy, 0, 5, compare::Interval{accuracy, accuracy}};
  };
  set_all(0.975);
  example.standing(0).tuned->test_metric->mean += 1e-15;  // as another order of seeds may add up to
  // 1.96 sqrt(0.975 x 0.025 / 359)
  EXPECT_EQ(words_of(example).front(),
            "momentum and adam share the highest mean test accuracy on digits, 0.9750, the same "
            "for each of 5 seeds; the 359 test examples alone leave ± 0.016 open.");
  example.standing(0).tuned->test_metric->ci95 = compare::Interval{0.97, 0.98};
  EXPECT_THAT(words_of(example).front(), HasSubstr("momentum and adam share the highest"));
  EXPECT_THAT(words_of(example).front(), HasSubstr("the same for each of 5 seeds of adam; the"));
  example.standing(1).tuned->test_metric->ci95 = compare::Interval{0.96, 0.99};
  EXPECT_THAT(words_of(example).front(),
              HasSubstr("0.9750 (95 % interval of adam [0.9600, 0.9900]) over 5 seeds."));
  set_all(1);
  example.comparison().facts.test_examples = 30;
  // 0.905^30 is 0.050
  EXPECT_THAT(words_of(example).front(),
              HasSubstr("1.0000, the same for each of 5 seeds; the 30 test examples alone leave "
                        "0.095 open."));
  example.comparison().metric = compare::metric_of(data::Task::regression);
  EXPECT_THAT(words_of(example).front(), HasSubstr("the same for each of 5 seeds."));
}

/// Below five seeds, what is the same on all has no interval.
TEST(ComparisonWords, SayThatFewSeedsDoNotVary) {
  ExampleResults example = example_results();
  set_seeds(example, 3);
  example.standing(1).tuned->test_metric->ci95.reset();
  EXPECT_THAT(words_of(example).front(),
              HasSubstr("0.9720, the same for each of 3 seeds; the 359 test examples alone leave"));
}

TEST(ComparisonWords, TakeOfThoseThatReachTheTargetInAllRuns) {
  ExampleResults example = example_results();
  example.comparison().pairs[1].difference.ci95 = compare::Interval{-0.001, 0.059};
  example.comparison().pairs[2].difference.ci95 = compare::Interval{-0.001, 0.063};
  set_reached(example, 0, 5, 50);
  set_reached(example, 1, 5, 40);
  set_reached(example, 2, 4, 10);  // the fastest, with the least state, but not always there
  example.standing(2).tuned->test_metric->mean = 0.965;
  const auto words = words_of(example);
  EXPECT_THAT(words,
              Contains("5 seeds do not tell momentum, adam and sgd apart: of those that reach the "
                       "target in all runs, adam does in the fewest steps (a median of 40), "
                       "momentum keeps the least state (4 bytes a parameter)."));
  EXPECT_THAT(words, Each(Not(HasSubstr("Take sgd"))));
}

TEST(ComparisonWords, SayWhereNoneAlwaysReachesTheTarget) {
  ExampleResults example = example_results();
  set_reached(example, 0, 4, 50);
  set_reached(example, 1, 3, 40);
  EXPECT_THAT(words_of(example),
              Contains("5 seeds do not tell momentum and adam apart: none of them reaches the "
                       "target in all runs; adam takes the fewest steps to it (a median of 40), "
                       "momentum keeps the least state (4 bytes a parameter)."));
  set_reached(example, 0, 2, {});
  set_reached(example, 1, 0, {});
  EXPECT_THAT(words_of(example),
              Contains("5 seeds do not tell momentum and adam apart: none of them reaches the "
                       "target in half of its runs; momentum keeps the least state (4 bytes a "
                       "parameter)."));
  EXPECT_THAT(words_of(example), Contains(HasSubstr("Take momentum: ")));
}

TEST(ComparisonWords, ItsCommandReadsTheDataAndTrainsAlike) {
  ExampleResults example = example_results();
  example.comparison().facts.name = "my data.csv";
  example.results.reading = {.target = "price", .seed = 4};
  example.results.options.fit.accumulate = 2;
  example.results.options.fit.clip_norm = 1.5;
  example.results.options.fit.schedule = optim::parse_schedule("warmup:5+cosine");
  example.results.options.groups = {{"*.bias", {{"weight_decay", 0.0}}}};
  EXPECT_THAT(words_of(example),
              Contains("Take momentum: `ravine train --data 'my data.csv' --target price --seed 4 "
                       "--model mlp --hidden 32 --activation relu --optimizer "
                       "momentum:lr=0.0214567 --epochs 2 --batch-size 32 --accumulate 2 --group "
                       "'*.bias:weight_decay=0' --schedule warmup:5+cosine --clip-norm 1.5`."));
}

/// Between backticks stands what is code.
TEST(ComparisonWords, ANameWithABacktickBeginsNoCode) {
  ExampleResults example = example_results();
  example.comparison().facts.name = "my`data.csv";
  const auto words = words_of(example);
  EXPECT_THAT(words[0], HasSubstr("accuracy on my'data.csv, "));
  EXPECT_THAT(words, Contains(HasSubstr("Take momentum: `ravine train --data "
                                        "'my'\"$(printf '\\140')\"'data.csv' --model")));
}

TEST(ComparisonWords, ListAllThatAreLevel) {
  ExampleResults example = example_results();
  example.comparison().pairs[2].difference.ci95 = compare::Interval{-0.001, 0.063};
  const auto words = words_of(example);
  EXPECT_THAT(words, Contains("Within noise are the differences to momentum (0.0020 [−0.0011, "
                              "0.0051]) and sgd (0.0310 [−0.0010, 0.0630])."));
  EXPECT_THAT(
      words,
      Contains(HasSubstr("5 seeds do not tell momentum and sgd from adam; undecided: sgd may")));
}

TEST(ComparisonWords, SayWhichAreEqual) {
  ExampleResults example = example_results();
  example.comparison().pairs[0].difference = {.mean = 0, .n = 3};
  const auto words = words_of(example);
  EXPECT_THAT(words, Contains("Equal to adam on every seed: momentum."));
  EXPECT_THAT(words, Contains(HasSubstr("do not tell momentum and adam apart")));
  example.comparison().pairs[0].difference = {.mean = 0, .n = 5, .ci95 = compare::Interval{0, 0}};
  EXPECT_THAT(words_of(example), Contains("Equal to adam on every seed: momentum."));
  EXPECT_THAT(words_of(example), Each(Not(HasSubstr("within noise"))));
}

TEST(ComparisonWords, OfOneSeedClaimNothing) {
  ExampleResults example = example_results();
  set_seeds(example, 1);
  const auto words = words_of(example);
  // One of 359 examples shows in the third decimal.
  EXPECT_EQ(words[0], "adam has the highest test accuracy on digits, 0.972 over 1 seed.");
  EXPECT_THAT(words[1], HasSubstr("The setting of adam: `ravine train --data digits "));
  EXPECT_EQ(words[2], "What tuning gained adam, 0.012, is of too few seeds to tell.");
  EXPECT_THAT(words, Contains("One seed cannot tell optimizers apart: five or more can."));
  EXPECT_THAT(words, Each(Not(HasSubstr("noise"))));
}

TEST(ComparisonWords, OfFewSeedsSaySo) {
  ExampleResults example = example_results();
  set_seeds(example, 3);
  EXPECT_THAT(words_of(example),
              Contains("Intervals over 3 seeds are Student's, and wide: five or more tell more."));
  set_seeds(example, 2);
  EXPECT_THAT(words_of(example),
              Contains("Too few seeds were finished to tell it from momentum and sgd."));
  EXPECT_THAT(words_of(example), Contains(HasSubstr("The setting of adam: `ravine")));
}

TEST(ComparisonWords, CountWhatDiverged) {
  ExampleResults example = example_results();
  example.standing(0).tuned->diverged = 2;
  example.standing(0).tuned->test_metric->n = 3;
  auto words = words_of(example);
  EXPECT_THAT(words[0], HasSubstr("on digits among those that finished all their runs, 0.9720"));
  EXPECT_THAT(words, Contains("Runs diverged, and are in no mean: momentum in 2 of 5."));
  // Level on the seeds that it finished, but not to be recommended.
  EXPECT_THAT(words, Contains(HasSubstr("The difference to momentum")));
  EXPECT_THAT(words, Contains(HasSubstr("Take adam: `ravine")));

  example.comparison().pairs[0].difference = {
      .mean = 0.01, .n = 3, .ci95 = compare::Interval{0.005, 0.015}};
  EXPECT_THAT(words_of(example), Contains("momentum does better by 0.0100 on the 3 seeds that it "
                                          "finished, but diverged on others."));
}

TEST(ComparisonWords, SayWhichSettingsWereSelectedByLuck) {
  ExampleResults example = example_results();
  const auto make_lucky = [&](std::size_t i, double trial, double fresh) {
    example.standing(i).lucky = true;
    example.standing(i).selected_validation = trial;
    example.standing(i).tuned->validation_metric = compare::Summary{.mean = fresh, .n = 5};
  };
  make_lucky(0, 0.95, 0.9);
  EXPECT_THAT(words_of(example),
              Contains("Selected by luck: momentum (validation accuracy 0.9500 in its trial, "
                       "0.9000 in the mean of 5 fresh runs); better settings may have been passed "
                       "over, for which more trials do not help, but a larger --validation or "
                       "another --seed may."));
  make_lucky(2, 0.94, 0.8);
  EXPECT_THAT(words_of(example), Contains(HasSubstr("5 fresh runs) and sgd (validation")));
  example.standing(0).tuned->diverged = 2;
  const auto words = words_of(example);
  EXPECT_THAT(words, Contains(HasSubstr("Selected by luck: sgd (")));
  EXPECT_THAT(words,
              Contains("The trial of momentum finished by luck, as fresh runs at its setting "
                       "diverged: a narrower --range or another --seed may help."));
  example.standing(2).tuned->diverged = 1;
  EXPECT_THAT(words_of(example),
              Contains(HasSubstr("The trials of momentum and sgd finished by luck, as fresh runs "
                                 "at their settings")));
}

TEST(ComparisonWords, CallNoneBestWhereAllDiverged) {
  ExampleResults example = example_results();
  example.comparison().best.reset();
  for (compare::Standing& standing : example.comparison().standings) {
    standing.tuned->diverged = 5;
    standing.tuned->test_metric.reset();
  }
  example.standing(2).tuned.reset();
  const auto words = words_of(example);
  EXPECT_EQ(words[0], "On digits no optimizer finished all its runs, so that none is the best.");
  EXPECT_EQ(words[1], "Runs diverged, and are in no mean: momentum in 5 of 5 and adam in 5 of 5.");
  EXPECT_EQ(words[2], "No trial of sgd finished, so that there is nothing to judge.");
  EXPECT_THAT(words, Each(Not(HasSubstr("--optimizer"))));
}

TEST(ComparisonWords, SayThatNothingWasTuned) {
  ExampleResults example = example_results();
  example.results.options.tuning.trials = 1;
  const auto words = words_of(example);
  EXPECT_EQ(words.back(),
            "Nothing was tuned: each ran at the settings given and otherwise at its "
            "defaults, and tuning may change the order.");
  EXPECT_THAT(words, Each(Not(HasSubstr("Tuning"))));
}

TEST(ComparisonWords, SayWhatTuningDidNotGain) {
  ExampleResults example = example_results();
  compare::Standing& adam = example.standing(1);
  const auto tuned_runs = adam.tuned->runs;
  adam.defaults.runs = example.add({0.978, 0.982, 0.984, 0.980, 0.986});
  adam.defaults.runs = tuned_runs;
  EXPECT_THAT(words_of(example), Contains("What tuning gained adam over its defaults, 0.0000 "
                                          "[0.0000, 0.0000], is within noise."));
  adam.defaults.runs = {example.add_diverged(5)};
  EXPECT_THAT(words_of(example),
              Contains("The defaults of adam finished no run to hold tuning against."));
  adam.defaults.settings = adam.tuned->settings;
  EXPECT_THAT(words_of(example), Contains("No trial of adam did better than its defaults."));
  adam.trials.resize(1);
  EXPECT_THAT(words_of(example), Contains("Nothing of adam was left to tune."));
}

TEST(ComparisonWords, SayWhatTuningGainedTheOneToTake) {
  ExampleResults example = example_results();
  // momentum is to be taken, adam is the best, and sgd gained most.
  // Worse than its defaults by 0.01, 0.02, 0.01, 0 and -0.01: 0.006 ± 0.0114.
  example.standing(0).defaults.runs = example.add({0.976, 0.990, 0.982, 0.968, 0.964});
  const auto words = words_of(example);
  EXPECT_THAT(words, Contains("On average momentum is worse tuned than at its defaults, by 0.0060 "
                              "[−0.0082, 0.0202], which is within noise."));
  EXPECT_THAT(words, Contains(HasSubstr("Tuning improved adam")));
  EXPECT_THAT(words, Contains(HasSubstr("Tuning improved sgd")));
}

TEST(ComparisonWords, NameAllThatTuningMadeWorse) {
  ExampleResults example = example_results();
  // Each is better by the hundredth than the tuned run of its seed.
  example.standing(0).defaults.runs = example.add({0.976, 0.980, 0.982, 0.978, 0.984});
  EXPECT_THAT(words_of(example),
              Contains("Tuning made momentum (by 0.0100 [0.0100, 0.0100]) worse on the test part "
                       "than its defaults: its settings were selected on 288 validation "
                       "examples."));
  example.standing(1).defaults.runs = example.add({0.978, 0.982, 0.984, 0.980, 0.986});
  EXPECT_THAT(words_of(example),
              Contains("Tuning made momentum (by 0.0100 [0.0100, 0.0100]) and adam (by 0.0100 "
                       "[0.0100, 0.0100]) worse on the test part than their defaults: their "
                       "settings were selected on 288 validation examples."));
  example.comparison().best.reset();
  EXPECT_THAT(words_of(example), Contains(HasSubstr("Tuning made momentum")));
  // Of four seeds that all differ by the same nothing can be told.
  for (const std::size_t i : {0U, 1U}) example.standing(i).tuned->runs.resize(4);
  EXPECT_THAT(words_of(example), Each(Not(HasSubstr("Tuning made"))));
}

TEST(ComparisonWords, WarnOfTheEdge) {
  ExampleResults example = example_results();
  example.standing(1).at_edge = true;
  EXPECT_THAT(words_of(example),
              Contains("The best setting of adam lies at an edge of all that was "
                       "tried: a wider --range might do better."));
  example.standing(2).at_edge = true;
  EXPECT_THAT(words_of(example),
              Contains(HasSubstr("The best settings of adam and sgd lie at an")));
}

TEST(ComparisonWords, OfAnErrorTakeTheLowest) {
  ExampleResults example = example_results();
  compare::Comparison& comparison = example.comparison();
  comparison.facts = {.name = "airfoil", .task = data::Task::regression, .test_examples = 301};
  comparison.metric = compare::metric_of(data::Task::regression);
  for (compare::Standing& standing : comparison.standings)
    standing.tuned->test_metric = compare::Summary{5.2, 0.05, 5, compare::Interval{5.15, 5.25}};
  comparison.standings[1].tuned->test_metric =
      compare::Summary{4.8, 0.05, 5, compare::Interval{4.75, 4.85}};
  // adam's error is 0.4 lower than sgd's, a twelfth of its own.
  comparison.pairs[2].difference = {.mean = -0.4, .n = 5, .ci95 = compare::Interval{-0.5, -0.3}};
  const auto words = words_of(example);
  EXPECT_EQ(words[0],
            "adam has the lowest mean test rmse on airfoil, 4.800 (95 % interval [4.750, "
            "4.850]) over 5 seeds.");
  EXPECT_EQ(words[2], "Worse beyond noise at these settings: sgd by 0.400 [0.300, 0.500] (8.3 %).");
  comparison.pairs[2].difference = {.mean = -7.2, .n = 5, .ci95 = compare::Interval{-7.3, -7.1}};
  EXPECT_THAT(words_of(example)[2], HasSubstr("(150 %)"));
}

TEST(ComparisonWords, TellTwoOfOneRuleApart) {
  ExampleResults example = example_results();
  example.standing(0).contender = {"adam", {{"eps", 1e-3}}};
  EXPECT_THAT(words_of(example)[0], HasSubstr("adam:eps=1e-07 has the highest"));
}

TEST(ComparisonWords, CountDatasetsOverSeveral) {
  ExampleResults example = example_results();
  example.results.comparisons.push_back(example.comparison());
  example.results.comparisons[1].facts.name = "wine";
  example.results.comparisons[1].pairs[0].difference.ci95 = compare::Interval{-0.003, -0.001};
  example.results.profiles = {{.factor = {1, 2}, .share = {0.6, 0.8}},
                              {.factor = {1}, .share = {0.4}},
                              {.factor = {1}, .share = {0}}};
  EXPECT_THAT(
      words_on(example.results),
      ElementsAre(
          "Best or within noise of the best, of 2 datasets: adam on 2, momentum on 1 and sgd "
          "on 0.",
          "momentum is most often at the target in the fewest epochs, in 60 % of all pairs of a "
          "dataset "
          "and a seed.",
          HasSubstr("adam has the highest mean test accuracy on digits"),
          HasSubstr("adam has the highest mean test accuracy on wine")));
  example.results.comparisons[1].pairs[0].difference = {.mean = 0, .n = 3};
  EXPECT_THAT(words_on(example.results), Contains(HasSubstr("momentum on 2")));
  example.results.profiles[1].share = {0.6};
  EXPECT_THAT(
      words_on(example.results),
      Contains(
          "momentum and adam are most often at the target in the fewest epochs, each in 60 % of "
          "all pairs of a dataset and a seed."));
  example.results.comparisons.pop_back();
  EXPECT_EQ(words_on(example.results), words_of(example));
}

}  // namespace
}  // namespace ravine::report
