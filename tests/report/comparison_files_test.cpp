#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ravine/report/comparison_csv.hpp"
#include "ravine/report/comparison_markdown.hpp"
#include "ravine/tensor/text.hpp"
#include "report/example_comparison.hpp"

namespace ravine::report {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(ComparisonCsv, HasARowAnOptimizer) {
  ExampleResults example = example_results();
  example.select_adam_by_luck();
  const std::string csv = comparison_csv(example.results);
  const auto lines = split(csv, '\n');
  ASSERT_EQ(lines.size(), 5U);
  EXPECT_EQ(lines[0],
            "data,task,optimizer,rule,tuned,best,at_edge,selected_validation,fresh_validation_mean,"
            "fresh_validation_std,fresh_validation_ci95_low,fresh_validation_ci95_high,"
            "fresh_validation_n,lucky,test_accuracy_mean,test_accuracy_std,"
            "test_accuracy_ci95_low,test_accuracy_ci95_high,test_accuracy_n,train_loss_mean,"
            "train_loss_std,train_loss_ci95_low,train_loss_ci95_high,train_loss_n,"
            "default_hyperparameters,default_test_accuracy_mean,default_test_accuracy_std,"
            "default_test_accuracy_ci95_low,default_test_accuracy_ci95_high,"
            "default_test_accuracy_n,default_train_loss_mean,default_train_loss_std,"
            "default_train_loss_ci95_low,default_train_loss_ci95_high,default_train_loss_n,"
            "default_diverged,epochs_to_target_median,epochs_to_target_reached,"
            "epochs_to_target_of,steps_to_target_median,steps_to_target_reached,"
            "steps_to_target_of,seconds_to_target_median,seconds_to_target_reached,"
            "seconds_to_target_of,diverged,diverged_trials,stopped_trials,step_seconds,"
            "state_bytes_per_parameter,lr_width_decades");
  EXPECT_EQ(lines[2],
            "digits,classification,adam:eps=1e-07,adam,lr=0.00213456 beta1=0.99971 eps=1e-07,true,"
            "false,0.98,0.96,0.005,0.95,0.97,5,true,0.972,0.0032,0.9681,0.9759,5,0.125,0,0.125,0."
            "125,5,lr=0.001 beta1=0.9 "
            "eps=1e-07,0.96,0.0032,0.9561,0.9639,5,,,,,0,0,2,4,5,72,4,5,0.5,4,5,0,0,1,1.2345e-05,8,"
            "1.4321");
  EXPECT_THAT(std::string(lines[3]), HasSubstr("sgd,sgd,lr=0.5,false,"));
}

TEST(ComparisonCsv, QuotesWhatNeedsIt) {
  ExampleResults example = example_results();
  example.comparison().facts.name = "a \"b\", c.csv";
  example.standing(0).contender = {"momentum", {{"lr", 0.1}, {"momentum", 0.5}}};
  EXPECT_THAT(
      comparison_csv(example.results),
      HasSubstr("\n\"a \"\"b\"\", c.csv\",classification,\"momentum:lr=0.1,momentum=0.5\","));
}

TEST(ComparisonCsv, HasTheColumnsOfAllTasks) {
  ExampleResults example = example_results();
  example.results.comparisons.push_back(example.comparison());
  example.results.comparisons[1].metric = compare::metric_of(data::Task::regression);
  const std::string csv = comparison_csv(example.results);
  const auto lines = split(csv, '\n');
  EXPECT_THAT(std::string(lines[0]), HasSubstr(",lr_width_decades,test_rmse_mean,"));
  EXPECT_THAT(std::string(lines[4]), HasSubstr(",false,false,,,,,,"));
}

TEST(ComparisonMarkdown, HasSummaryFactsAndTables) {
  ExampleResults example = example_results();
  example.standing(2).defaults.runs[1] = example.add_diverged(6);
  const std::string page = comparison_markdown(example.results);
  EXPECT_THAT(page,
              StartsWith("# Optimizers compared on digits\n\nadam has the highest mean test"));
  EXPECT_THAT(
      page,
      HasSubstr("\n- 3 trials each (quasi); 5 of adam, whose space was widened; selected on the "
                "validation part;"));
  EXPECT_THAT(page,
              HasSubstr("\n- a cpu; BLAS core Haswell; avx2; 2 runs side by side, each on one "
                        "thread; ravine 0."));
  EXPECT_THAT(
      page, HasSubstr("\n## digits\n\n1,150 training, 288 validation, 359 test examples; target"));
  EXPECT_THAT(page, HasSubstr("\n| momentum | 0.9700 ± 0.0032 | 0.9100 ± 0.0032 | 1 (5/5) | 9.87 | "
                              "4 | – | 0/5 (1/3) | lr=0.0214567 |\n"));
  EXPECT_THAT(page, HasSubstr("\n| a | b | test accuracy, a − b | 95 % interval | seeds | beyond "
                              "noise |\n| --- | --- | --: | --- | --: | --- |\n"
                              "| momentum | adam | −0.0020 | [−0.0051, 0.0011] | 5 | no |\n"));
  EXPECT_THAT(page, HasSubstr("| adam | sgd | 0.0310 | [0.0281, 0.0339] | 5 | yes |\n"));
  EXPECT_THAT(page, HasSubstr("| adam | lr | 0.0001 | 1 | log | 0.1 to 1 by 2 trials |\n"
                              "| adam | beta1 | 0 | 0.99 | log_gap |  |\n"));
  EXPECT_THAT(page, HasSubstr("### Diverged\n\n- momentum, trial of lr=0.9\n"
                              "- sgd at its defaults, seed 6: diverged at step 3\n"));
}

TEST(ComparisonMarkdown, HasNoEmptySections) {
  ExampleResults example = example_results();
  example.comparison().pairs.clear();
  for (compare::Standing& standing : example.comparison().standings) {
    standing.space.clear();
    standing.trials.clear();
  }
  EXPECT_THAT(comparison_markdown(example.results), Not(HasSubstr("###")));
}

TEST(ComparisonMarkdown, ListsNoSpacesWhereNothingWasTuned) {
  ExampleResults example = example_results();
  example.results.options.tuning.trials = 1;
  EXPECT_THAT(comparison_markdown(example.results), Not(HasSubstr("### Searched")));
}

TEST(ComparisonMarkdown, SaysOnWhichDataThereWereMoreTrials) {
  ExampleResults example = example_results();
  example.results.comparisons.push_back(example.comparison());
  example.results.comparisons[1].facts.name = "wine";
  EXPECT_THAT(comparison_markdown(example.results),
              HasSubstr("(quasi); 5 of adam on digits and 5 of adam on wine, whose spaces were "
                        "widened; selected"));
}

TEST(ComparisonMarkdown, NamesAreNoMarkdown) {
  ExampleResults example = example_results();
  example.comparison().facts.name = "a|b<script>*";
  EXPECT_THAT(comparison_markdown(example.results), HasSubstr("\n## a\\|b\\<script>\\*\n"));
  example.comparison().facts.name = "a\n\x1b[2J\rb";
  EXPECT_THAT(comparison_markdown(example.results), HasSubstr("\n## a??[2J?b\n"));
  example.comparison().facts.name = "a`b*";
  EXPECT_THAT(comparison_markdown(example.results),
              AllOf(HasSubstr("compared on a'b\\*\n"), HasSubstr("\n## a'b\\*\n")));
  example.results.comparisons.push_back(example.comparison());
  EXPECT_THAT(comparison_markdown(example.results), HasSubstr("5 of adam on a'b\\*"));
}

TEST(ComparisonMarkdown, ACommandIsAsAShellTakesIt) {
  ExampleResults example = example_results();
  example.results.options.groups = {{"*.bias", {{"weight_decay", 0.0}}}};
  EXPECT_THAT(comparison_markdown(example.results), HasSubstr("--group '*.bias:weight_decay=0'`."));
}

}  // namespace
}  // namespace ravine::report
