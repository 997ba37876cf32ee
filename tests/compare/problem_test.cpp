#include "ravine/compare/problem.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ravine/data/datasets.hpp"
#include "ravine/tensor/error.hpp"
#include "support/throws.hpp"

namespace ravine::compare {
namespace {

using testing::HasSubstr;

Options with(std::vector<Contender> contenders) {
  return {.hidden = {8}, .contenders = std::move(contenders), .fit = {.epochs = 2}};
}

template <class Expected = InputError>
testing::AssertionResult refused(const Options& options, const char* part) {
  return test::throws<Expected>(
      [&] {
        check(options);
        check(options, make_problem("iris", data::load("iris"), options));
      },
      HasSubstr(part));
}

TEST(Problem, SetsAValidationPartAsideAndKeepsTheTestPartApart) {
  const data::TrainTest iris = data::load("iris");
  const Problem problem = make_problem("iris", iris, with({{"sgd"}}));
  EXPECT_EQ(problem.facts.name, "iris");
  EXPECT_EQ(problem.facts.train_examples + problem.facts.validation_examples, iris.train.size());
  EXPECT_EQ(problem.facts.validation_examples, 24U);
  EXPECT_EQ(problem.facts.target_column, "species");
  EXPECT_EQ(problem.facts.layers, (std::vector<std::size_t>{4, 8, 3}));
  EXPECT_EQ(problem.data.test.size(), 0U);
  EXPECT_EQ(problem.test.size(), iris.test.size());
}

TEST(CheckOptions, RefusesWhatCannotBe) {
  EXPECT_TRUE(refused(with({}), "no optimizers"));
  EXPECT_TRUE(refused(with({{"sgd"}, {"adam"}, {"sgd"}}), "'sgd' was named twice"));
  EXPECT_TRUE(refused<UnknownName>(with({{"sgd"}, {"adma"}}), "did you mean 'adam'"));
  EXPECT_TRUE(refused(with({{"sgd", {{"lr", -1.0}}}}), "-1"));
  Options options = with({{"sgd"}});
  options.tuning.trials = 0;
  EXPECT_TRUE(refused(options, "trials must be at least 1, 0 was given"));
  options = with({{"sgd"}});
  options.seeds = 0;
  EXPECT_TRUE(refused(options, "seeds must be at least 1, 0 was given"));
  options = with({{"sgd"}});
  options.validation = 0;
  EXPECT_TRUE(refused(options, "the validation fraction must be in (0, 1), 0 was given"));
  options = with({{"sgd"}});
  options.ranges = parse_ranges("adam:lr=0.1..1");
  EXPECT_TRUE(refused(options, "no optimizer 'adam' takes part"));
  options = with({{"sgd"}});
  options.groups = {{"*.bais", {{"lr", 0}}}};
  EXPECT_TRUE(refused(options, "group '*.bais' matches no parameter"));
  options = with({{"sgd"}});
  options.fit.clip_norm = -1;
  EXPECT_TRUE(refused(options, "clip_norm"));
  options = with({{"sgd"}, {"lbfgs"}});
  options.fit.accumulate = 2;
  EXPECT_TRUE(refused(options, "lbfgs evaluates a batch several times"));
}

testing::AssertionResult target_refused(const Target& target, const std::vector<DataFacts>& data,
                                        const char* part) {
  Options options = with({{"sgd"}});
  options.target = target;
  return test::throws<InputError>([&] { check_target(options, data); }, HasSubstr(part));
}

TEST(CheckTarget, RefusesWhatTheDataDoNotHave) {
  const DataFacts iris{.name = "iris", .task = data::Task::classification};
  const DataFacts diabetes{.name = "diabetes", .task = data::Task::regression};
  EXPECT_TRUE(target_refused({.metric = "rmse", .value = 3}, {iris},
                             "'rmse': iris is a classification task, whose metric is accuracy"));
  EXPECT_TRUE(
      target_refused({.value = 1.5}, {iris}, "an accuracy must be in (0, 1], 1.5 was given"));
  EXPECT_TRUE(target_refused({.value = -1}, {diabetes}, "an rmse must be above 0, -1 was given"));
  EXPECT_TRUE(target_refused({.value = 0.9}, {iris, diabetes},
                             "0.9 may be of iris, whose metric is accuracy, or of diabetes, whose "
                             "metric is rmse (name one, as in accuracy=0.9 or rmse=3;"));
  EXPECT_TRUE(target_refused({.metric = "accuracy", .value = 3}, {diabetes, iris},
                             "an accuracy must be in (0, 1], 3 was given for iris"));
  Options options = with({{"sgd"}});
  check_target(options, std::vector{iris, diabetes});
  options.target = Target{.value = 0.9};
  check_target(options, std::vector{iris});
  options.target = Target{.metric = "rmse", .value = 3};
  check_target(options, std::vector{iris, diabetes});
}

TEST(CheckOptions, AScheduleMayGoByTheValidationPart) {
  Options options = with({{"sgd"}});
  options.fit.schedule = optim::parse_schedule("plateau");
  check(options, make_problem("iris", data::load("iris"), options));
}

}  // namespace
}  // namespace ravine::compare
