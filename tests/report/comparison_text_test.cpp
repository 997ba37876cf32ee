#include "ravine/report/comparison_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ravine/report/table.hpp"
#include "ravine/tensor/text.hpp"
#include "report/example_comparison.hpp"

namespace ravine::report {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(ComparisonText, HasFactsATableAndWords) {
  const std::string shown = comparison_text(example_results().results);
  EXPECT_THAT(
      shown,
      StartsWith(
          "digits: 1,150 training, 288 validation, 359 test examples; target 'digit'; mlp 64-32-10 "
          "relu\n"
          "3 trials each (quasi); 5 of adam, whose space was widened; selected on the validation "
          "part; then 5\n"
          "  fresh seeds, from 5; 2 epochs of batches of 32\n"
          "\n"
          "optimizer  test accuracy    at defaults      to target  µs/step  state  lr width   "
          "diverged"
          "  tuned\n"
          "momentum   0.9700 ± 0.0032  0.9100 ± 0.0032    1 (5/5)     9.87      4         –  0/5 "
          "(1/3)"
          "  lr=0.0214567\n"));
  EXPECT_THAT(shown,
              HasSubstr("\nadam       0.9720 ± 0.0032  0.9600 ± 0.0032    2 (4/5)     12.3"));
  EXPECT_THAT(shown, HasSubstr("lr=0.00213456 beta1=0.99971 eps=1e-07\n"));
  EXPECT_THAT(shown,
              HasSubstr("\nsgd        0.9410 ± 0.0032  0.6410 ± 0.0032    – (0/5)        –"));
  EXPECT_THAT(shown, HasSubstr("\nadam has the highest mean test accuracy on digits, 0.9720"));
  EXPECT_THAT(shown, HasSubstr("\nTake momentum:\n  ravine train --data digits "));
  const std::string words = shown.substr(shown.find("\nadam has"));
  for (const std::string_view line : split(words, '\n')) {
    if (!line.starts_with("  ravine train ")) {  // a command is on one line
      EXPECT_LE(display_width(line), 100U);
    }
  }
}

TEST(ComparisonText, ABacktickInANameBeginsNoCode) {
  ExampleResults example = example_results();
  example.comparison().facts.name = "my`data.csv";
  example.comparison().facts.target_column = "pri`ce";
  EXPECT_THAT(comparison_text(example.results),
              AllOf(StartsWith("my'data.csv: "), HasSubstr("target 'pri'ce'")));
}

TEST(ComparisonText, LeavesOutWhatOnlyTuningTells) {
  ExampleResults example = example_results();
  example.results.options.tuning.trials = 1;
  const std::string shown = comparison_text(example.results);
  EXPECT_THAT(shown, HasSubstr("\nnothing tuned; 5 fresh seeds, from 5; 2 epochs of batches"));
  EXPECT_THAT(
      shown,
      HasSubstr("\noptimizer  test accuracy    train loss  to target  µs/step  state  diverged  "
                "hyper-parameters\n"));
  EXPECT_THAT(shown, Not(HasSubstr("lr width")));
  EXPECT_THAT(shown, Not(HasSubstr("(1/3)")));
}

TEST(ComparisonText, SaysHowManyTrialsThereWere) {
  ExampleResults example = example_results();
  example.standing(0).widenings = example.standing(1).widenings;
  example.standing(0).trials.push_back({.lr = 0.02, .validation_metric = 0.9});
  example.standing(2).trials.pop_back();
  EXPECT_THAT(comparison_text(example.results),
              HasSubstr("\n3 trials each (quasi); 4 of momentum and 5 of adam, whose spaces were "
                        "widened; 2 of sgd, whose space\n  holds no more; selected on"));
  for (compare::Standing& standing : example.comparison().standings) standing.trials.resize(3);
  EXPECT_THAT(comparison_text(example.results),
              HasSubstr("\n3 trials each (quasi), selected on the validation part; then 5"));
}

TEST(ComparisonText, SaysWhatWasDoneAroundTheRule) {
  ExampleResults example = example_results();
  example.results.options.groups = {{"*.bias", {{"weight_decay", 0.0}}}};
  example.results.options.fit.accumulate = 2;
  example.results.options.tuning.stop_early = true;
  const std::string shown = comparison_text(example.results);
  EXPECT_THAT(shown, HasSubstr("(quasi, bad ones given up early); 5 of adam"));
  EXPECT_THAT(shown,
              HasSubstr("in steps of 2 batches of 32; all with group\n  *.bias:weight_decay=0"));
}

TEST(ComparisonText, OfSeveralDatasetsEndsWithAllOfThem) {
  ExampleResults example = example_results();
  example.results.comparisons.push_back(example.comparison());
  const std::string shown = comparison_text(example.results);
  EXPECT_THAT(shown, HasSubstr("\n\nBest or within noise of the best, of 2 datasets: "));
}

TEST(ComparisonText, AColumnsNameBreaksNoLine) {
  ExampleResults example = example_results();
  example.comparison().facts.target_column = "a\n\x1b[2Jb";
  EXPECT_THAT(comparison_text(example.results), HasSubstr("; target 'a??[2Jb'; mlp"));
}

TEST(ComparisonText, ItsLegendSaysWhatTheTargetIs) {
  ExampleResults example = example_results();
  const std::string derived = "one percent off the best median";
  EXPECT_THAT(comparison_text(example.results), HasSubstr(derived));
  example.results.options.target = compare::Target{.metric = "rmse", .value = 3};
  EXPECT_THAT(comparison_text(example.results), HasSubstr(derived));
  example.results.options.target = compare::Target{.metric = "accuracy", .value = 0.95};
  EXPECT_THAT(comparison_text(example.results), Not(HasSubstr(derived)));
}

TEST(ComparisonText, WhatHasNoResultIsADash) {
  ExampleResults example = example_results();
  example.standing(0).tuned.reset();
  EXPECT_THAT(comparison_text(example.results),
              HasSubstr("\nmomentum   –                0.9100 ± 0.0032"));
}

RunRecord record_of(const compare::Run& run) {
  return {.data = "digits", .optimizer = "adam:eps=1e-07", .run = run};
}

TEST(RunLine, SaysHowItEnded) {
  ExampleResults example = example_results();
  compare::Run run = *example.add({0.9721})[0];
  const auto task = data::Task::classification;
  EXPECT_EQ(run_line(record_of(run), task),
            "digits  adam:eps=1e-07  seed 5  0.5 s  test accuracy 0.9721, loss 0.25");
  run.key.point = {{"lr", 0.00213456}, {"amsgrad", true}};
  run.end.reset();
  EXPECT_EQ(run_line(record_of(run), task),
            "digits  adam:eps=1e-07 lr=0.002135 amsgrad=true  seed 5  0.5 s  trial, validation "
            "accuracy 0.96");
  run.status = train::Status::stopped;
  EXPECT_THAT(run_line(record_of(run), data::Task::regression),
              testing::EndsWith("given up after 2 epochs, validation rmse 0.96"));
  EXPECT_THAT(run_line(record_of(*example.add_diverged(5)), task),
              testing::EndsWith("0.1 s  diverged at step 3"));
}

}  // namespace
}  // namespace ravine::report
