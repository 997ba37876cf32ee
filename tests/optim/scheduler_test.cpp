#include "ravine/optim/scheduler.hpp"

#include <gtest/gtest.h>

#include "optim/one_tensor.hpp"
#include "ravine/optim/rules.hpp"
#include "ravine/optim/schedules.hpp"
#include "support/allocations.hpp"
#include "support/throws.hpp"

namespace ravine::optim::testing {
namespace {

using test::message;

Parameters<double> two() {
  return {parameter<double>({1, 2}, "weight"), parameter<double>({3}, "bias")};
}

double value(const Optimizer<double>& optimizer, std::string_view name, std::size_t group = 0) {
  return optimizer.get(name, group).number();
}

TEST(Scheduler, SetsTheRateOfEveryGroupFromItsOwn) {
  const auto optimizer = make("sgd", two(), {{"lr", 0.4}}, {{"bias", {{"lr", 0.8}}}});
  Scheduler scheduler(*optimizer, parse_schedule("warmup:4"), 10);
  scheduler.before_step(0);
  EXPECT_DOUBLE_EQ(value(*optimizer, "lr"), 0.1);
  EXPECT_DOUBLE_EQ(value(*optimizer, "lr", 1), 0.2);
  scheduler.before_step(1);
  EXPECT_DOUBLE_EQ(value(*optimizer, "lr"), 0.2);
  EXPECT_DOUBLE_EQ(value(*optimizer, "lr", 1), 0.4);
}

TEST(Scheduler, CountsStepsOrEpochs) {
  const auto by_step = make("sgd", two(), {{"lr", 0.1}});
  const auto by_epoch = make("sgd", two(), {{"lr", 0.1}});
  Scheduler steps(*by_step, parse_schedule("multistep:6/12,gamma=0.5"), 18);
  Scheduler epochs(*by_epoch, parse_schedule("multistep:1/2,gamma=0.5"), 3);
  for (int step = 0; step < 18; ++step) {
    steps.before_step(step);
    epochs.before_step(step / 6);
    EXPECT_EQ(value(*by_step, "lr"), value(*by_epoch, "lr")) << step;
  }
  EXPECT_DOUBLE_EQ(value(*by_step, "lr"), 0.025);
}

TEST(Scheduler, TheStepTakenIsThatOfTheRate) {
  const auto w = parameter<double>({0});
  const auto optimizer = make("sgd", Parameters<double>{w}, {{"lr", 0.5}});
  Scheduler scheduler(*optimizer, parse_schedule("linear:start_factor=1,end_factor=0"), 2);
  for (int t = 0; t < 3; ++t) {
    scheduler.before_step(t);
    step(*optimizer, std::vector<double>{1});
  }
  EXPECT_DOUBLE_EQ(w->value[0], -0.5 - 0.25 - 0);
}

TEST(Scheduler, OneCycleMovesTheMomentumOrBeta1) {
  for (const auto& [rule, name] :
       {std::pair{"momentum", "momentum"}, std::pair{"sgd:momentum=0.9", "momentum"},
        std::pair{"adam", "beta1"}}) {
    const auto optimizer = make(rule, two(), {}, {{"bias", {{"lr", 0.8}}}});
    Scheduler scheduler(*optimizer, OneCycle{.pct_start = 0.5}, 20);
    for (std::size_t group : {0U, 1U}) {
      scheduler.before_step(0);
      EXPECT_DOUBLE_EQ(value(*optimizer, name, group), 0.95) << rule;
      scheduler.before_step(9);
      EXPECT_DOUBLE_EQ(value(*optimizer, name, group), 0.85) << rule;
      scheduler.before_step(19);
      EXPECT_DOUBLE_EQ(value(*optimizer, name, group), 0.95) << rule;
    }
  }
}

TEST(Scheduler, AMomentumOfZeroStaysZero) {
  const auto optimizer = make("sgd", two());
  Scheduler scheduler(*optimizer, OneCycle{}, 20);
  scheduler.before_step(9);
  EXPECT_EQ(value(*optimizer, "momentum"), 0);
  EXPECT_EQ(optimizer->state_bytes_per_parameter(), 0U);
}

/// A rule with a rate and nothing else.
struct Plain {
  double lr = 0.1;
  static constexpr About about{
      .name = "plain", .summary = "a step", .formula = "w ← w − lr g", .reference = "none"};
  static constexpr Field<Plain> fields[] = {lr_field(&Plain::lr)};
  template <class T>
  auto at(Step) const {
    return [lr = T(lr)](auto& w, auto g) { w -= lr * g; };
  }
};

TEST(Scheduler, OneCycleMovesTheRateAloneOfARuleWithoutMomentum) {
  const auto optimizer = make(Plain{}, two());
  Scheduler scheduler(*optimizer, OneCycle{.pct_start = 0.5}, 20);
  scheduler.before_step(9);
  EXPECT_EQ(value(*optimizer, "lr"), 0.1);
  scheduler.before_step(0);
  EXPECT_DOUBLE_EQ(value(*optimizer, "lr"), 0.004);
}

TEST(Scheduler, LeavesTheMomentumAloneOtherwise) {
  const auto optimizer = make("momentum", two(), {{"momentum", 0.7}});
  Scheduler scheduler(*optimizer, OneCycle{.cycle_momentum = false}, 20);
  scheduler.before_step(3);
  EXPECT_EQ(value(*optimizer, "momentum"), 0.7);
}

TEST(Scheduler, TheMomentumIsItsOwnAgainAfterTheCycle) {
  const auto optimizer = make("momentum", two(), {{"momentum", 0.7}});
  Scheduler scheduler(*optimizer, parse_schedule("one_cycle:10+constant"), 20);
  scheduler.before_step(9);
  EXPECT_DOUBLE_EQ(value(*optimizer, "momentum"), 0.95);
  scheduler.before_step(10);
  EXPECT_EQ(value(*optimizer, "momentum"), 0.7);
}

TEST(Scheduler, TheMomentumCanHaveItsOwnSchedule) {
  const auto optimizer = make("adam", two(), {{"beta1", 0.8}, {"lr", 0.1}});
  Scheduler scheduler(*optimizer, parse_schedule("one_cycle"), 20, parse_schedule("warmup:4"));
  scheduler.before_step(1);
  EXPECT_DOUBLE_EQ(value(*optimizer, "beta1"), 0.4);
  scheduler.before_step(5);
  EXPECT_DOUBLE_EQ(value(*optimizer, "beta1"), 0.8);
  EXPECT_DOUBLE_EQ(value(*optimizer, "lr"), 0.1);  // the cycle's peak
}

TEST(Scheduler, RefusesAMomentumScheduleForARuleWithoutMomentum) {
  const auto optimizer = make(Plain{}, two());
  EXPECT_EQ(message([&] { Scheduler(*optimizer, Schedule{}, 20, parse_schedule("warmup:4")); }),
            "plain: there is no momentum or beta1 to schedule; leave the momentum's schedule out");
}

TEST(Scheduler, SaysWhichRateTheRuleDoesNotAllow) {
  const auto optimizer = make("momentum", two(), {{"momentum", 0.9}});
  const Linear rising{.start_factor = 1, .end_factor = 2};  // by 0.045 a step
  EXPECT_EQ(message([&] { Scheduler(*optimizer, Schedule{}, 20, rising); }),
            "momentum: momentum must be in [0, 1), 1.035 was given");
}

TEST(Scheduler, ListensToTheLossOfTheEpoch) {
  const auto optimizer = make("sgd", two(), {{"lr", 0.1}});
  // Ten steps an epoch; the plateau's turn comes with the second epoch.
  Scheduler scheduler(*optimizer, parse_schedule("warmup:10+plateau:0.5,patience=0"), 100);
  for (int step = 0; step < 40; ++step) {
    scheduler.before_step(step);
    if (step == 9) scheduler.after_epoch(0.1);  // not heard: the warm-up's
    if (step == 19) scheduler.after_epoch(1);
    if (step == 29) {
      EXPECT_EQ(value(*optimizer, "lr"), 0.1);
      scheduler.after_epoch(1);
    }
  }
  EXPECT_DOUBLE_EQ(value(*optimizer, "lr"), 0.05);
}

TEST(Scheduler, SavesAndRestoresByName) {
  const Schedule plateau = parse_schedule("plateau:0.5,patience=1");
  const auto run = [&](Scheduler<double>& scheduler, Optimizer<double>& optimizer, int from,
                       int to) {
    std::vector<double> seen;
    for (int epoch = from; epoch < to; ++epoch) {
      scheduler.before_step(epoch);
      seen.push_back(value(optimizer, "lr"));
      seen.push_back(value(optimizer, "momentum"));
      scheduler.after_epoch(1 + 0.1 * epoch);
    }
    return seen;
  };
  const auto one = make("momentum", two());
  Scheduler whole(*one, plateau, 20, Plateau{.factor = 0.9, .patience = 2});
  run(whole, *one, 0, 5);
  const auto other = make("momentum", two());
  Scheduler resumed(*other, plateau, 20, Plateau{.factor = 0.9, .patience = 2});
  resumed.restore(whole.state());
  EXPECT_EQ(whole.state().front().name, "base.0.lr");
  EXPECT_EQ(whole.state().back().name, "momentum.scale");
  EXPECT_EQ(resumed.state(), whole.state());
  EXPECT_EQ(run(whole, *one, 5, 15), run(resumed, *other, 5, 15));
}

TEST(Scheduler, RefusesAStateThatIsNotItsOwn) {
  const auto optimizer = make("momentum", two());
  Scheduler scheduler(*optimizer, Plateau{}, 20, Plateau{});
  const Settings before = scheduler.state();
  EXPECT_THAT(message([&] {
                scheduler.restore({{"lr.best", 1}});
              }),
              ::testing::HasSubstr("the state has 'lr.best=1' where 'base.0.lr="));
  Settings bad = before;
  bad.back().value = 7;
  EXPECT_EQ(message([&] { scheduler.restore(bad); }),
            "plateau: scale must be in [0, 1], 7 was given");
  EXPECT_EQ(scheduler.state(), before);
}

TEST(Scheduler, AllocatesNothingForAStep) {
  for (const char* rule : {"sgd", "momentum", "adam"}) {
    const auto optimizer = make(rule, two(), {}, {{"bias", {{"lr", 0.8}}}});
    Scheduler scheduler(*optimizer, parse_schedule("warmup:5+one_cycle"), 100);
    EXPECT_EQ(test::allocations_of([&] {
                for (int t = 0; t < 100; ++t) scheduler.before_step(t);
              }),
              0U)
        << rule;
  }
}

TEST(Scheduler, PutsTheRatesBack) {
  const auto optimizer = make("momentum", two(), {}, {{"bias", {{"lr", 0.8}, {"momentum", 0}}}});
  const Settings first = optimizer->hyperparameters(0), second = optimizer->hyperparameters(1);
  Scheduler scheduler(*optimizer, OneCycle{}, 20);
  scheduler.before_step(7);
  EXPECT_NE(optimizer->hyperparameters(0), first);
  scheduler.put_back();
  EXPECT_EQ(optimizer->hyperparameters(0), first);
  EXPECT_EQ(optimizer->hyperparameters(1), second);
}

TEST(Scheduler, OneMadeInMidRunGoesOnFromTheBaseThatWasSaved) {
  const auto optimizer = make("sgd:lr=0.5", two());
  Scheduler scheduler(*optimizer, Warmup{.steps = 10}, 20);
  scheduler.before_step(0);
  Scheduler resumed(*optimizer, Warmup{.steps = 10}, 20);  // made when the rate is 0.05
  resumed.restore(scheduler.state());
  resumed.before_step(9);
  EXPECT_DOUBLE_EQ(value(*optimizer, "lr"), 0.5);
}

}  // namespace
}  // namespace ravine::optim::testing
