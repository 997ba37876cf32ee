#include "ravine/compare/compare.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ravine/data/datasets.hpp"
#include "ravine/tensor/error.hpp"
#include "support/throws.hpp"

namespace ravine::compare {
namespace {

using testing::HasSubstr;

Options small(std::vector<Contender> contenders) {
  return {.hidden = {8},
          .contenders = std::move(contenders),
          .fit = {.epochs = 2, .seed = 11},
          .seeds = 3};
}

TEST(Compare, EveryContenderStartsFromTheSameWeightsAndSeesTheSameBatches) {
  // The same optimizer twice must come out the same to the bit; momentum 0 is sgd.
  const Comparison result =
      compare(data::load("iris"), small({{"sgd"}, {"sgd"}, {"momentum", {{"momentum", 0.0}}}}));
  ASSERT_EQ(result.standings.size(), 3U);
  for (std::size_t k = 0; k < 3; ++k) {
    const double loss = result.standings[0].runs[k].test->loss;
    EXPECT_EQ(result.standings[1].runs[k].test->loss, loss);
    EXPECT_EQ(result.standings[2].runs[k].test->loss, loss);
    EXPECT_EQ(result.standings[0].runs[k].seed, 11 + k);
  }
  EXPECT_NE(result.standings[0].runs[0].test->loss, result.standings[0].runs[1].test->loss);
}

TEST(Compare, SumsUpWhatTheRunsSay) {
  const Comparison result = compare(data::load("iris"), small({{"adam"}}));
  const Standing& adam = result.standings[0];
  double mean = 0;
  for (const compare::Run& run : adam.runs) mean += *run.test->accuracy / 3;
  EXPECT_NEAR(adam.test_metric->mean, mean, 1e-12);
  EXPECT_EQ(adam.test_metric->n, 3U);
  EXPECT_EQ(adam.state_bytes_per_parameter, 8U);
  EXPECT_GT(*adam.step_seconds, 0);
  EXPECT_EQ(result.task, data::Task::classification);
}

TEST(Compare, ARunThatDivergesIsCountedAndNotAveraged) {
  Options options = small({{"sgd", {{"lr", 1e30}}}, {"sgd"}});
  options.model = train::ModelKind::linear;
  options.hidden = {};
  const Comparison result = compare(data::load("diabetes"), options);
  EXPECT_EQ(result.standings[0].diverged, 3U);
  EXPECT_FALSE(result.standings[0].test_metric.has_value());
  EXPECT_EQ(result.standings[1].diverged, 0U);
  EXPECT_EQ(result.standings[1].test_metric->n, 3U);
}

TEST(Compare, GroupsHoldForEveryContender) {
  // Nothing moves at a rate of 0, whatever the rule's own rate is.
  Options options = small({{"sgd", {{"lr", 0.0}}}, {"sgd"}});
  options.groups = {{"*", {{"lr", 0.0}}}};
  const Comparison result = compare(data::load("iris"), options);
  EXPECT_EQ(result.standings[0].runs[0].test->loss, result.standings[1].runs[0].test->loss);
}

TEST(Compare, StateIsWhatARunLeft) {
  // Each pair is two vectors of the parameters' size, and there is none before the first step.
  Options options = small({{"lbfgs"}});
  options.fit.batch_size = 120;
  const Comparison result = compare(data::load("iris"), options);
  EXPECT_GE(result.standings[0].state_bytes_per_parameter, 2 * sizeof(float));
}

TEST(Compare, WrongOptionsAreFoundBeforeAnythingIsTrained) {
  int runs = 0;
  const auto refused = [&]<class Expected>(const Options& options, const char* part) {
    return test::throws<Expected>(
        [&] {
          compare(data::load("iris"), options,
                  [&](const Contender&, const compare::Run&) { ++runs; });
        },
        HasSubstr(part));
  };
  const auto wrong = [&](const Options& options, const char* part) {
    return refused.operator()<InputError>(options, part);
  };
  Options no_seeds = small({{"sgd"}});
  no_seeds.seeds = 0;
  EXPECT_TRUE(wrong(no_seeds, "seeds"));
  EXPECT_TRUE(wrong(small({}), "no optimizers"));
  EXPECT_TRUE(wrong(small({{"sgd", {{"lr", -1.0}}}}), "-1"));
  EXPECT_TRUE(refused.operator()<UnknownName>(small({{"sgd"}, {"adma"}}), "did you mean 'adam'"));
  Options plateau = small({{"sgd"}});
  plateau.fit.schedule = optim::parse_schedule("warmup:5+plateau");
  EXPECT_TRUE(wrong(plateau,
                    "compare: schedule 'warmup:5+plateau' goes by a validation loss, which a "
                    "comparison has not (take one that goes by time, such as cosine)"));
  std::swap(plateau.fit.schedule, plateau.fit.momentum_schedule);
  EXPECT_TRUE(wrong(plateau, "goes by a validation loss"));
  Options no_match = small({{"sgd"}});
  no_match.groups = {{"*.bais", {{"lr", 0}}}};
  EXPECT_TRUE(wrong(no_match, "group '*.bais' matches no parameter"));
  EXPECT_EQ(runs, 0);
}

}  // namespace
}  // namespace ravine::compare
