#include "ravine/optim/schedule.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "ravine/optim/schedules.hpp"
#include "ravine/tensor/text.hpp"
#include "support/allocations.hpp"
#include "support/throws.hpp"

namespace ravine::optim::testing {
namespace {

using test::message;

double lr(const Schedule& schedule, double t) { return schedule.at(t, 0.1).lr; }

template <class Exception = InputError>
std::string refusal(std::string_view spec) {
  return message<Exception>([&] { parse_schedule(spec); });
}

TEST(Schedule, IsConstantByDefault) {
  EXPECT_EQ(text(Schedule{}), "constant");
  Schedule schedule;
  schedule.start(10);
  EXPECT_EQ(lr(schedule, 3), 0.1);
}

TEST(Schedule, OfSeveralPartsCountsTheTimeOfEach) {
  Schedule schedule = parse_schedule("warmup:4+constant:3,factor=0.5+cosine");
  schedule.start(17);
  EXPECT_DOUBLE_EQ(lr(schedule, 0), 0.025);
  EXPECT_EQ(lr(schedule, 3), 0.1);
  EXPECT_EQ(lr(schedule, 4), 0.05);
  EXPECT_EQ(lr(schedule, 6), 0.05);
  for (int t = 7; t < 17; ++t)  // ten steps are left for the cosine
    EXPECT_NEAR(lr(schedule, t), 0.05 * (1 + std::cos(std::numbers::pi * (t - 7) / 10)), 1e-15);
  EXPECT_EQ(lr(schedule, 17), 0);
}

TEST(Schedule, HasNoJumpWhereOnePartEndsAsTheNextBegins) {
  // No step changes the rate by more than the steepest part does by itself: pi / 2 / 50 of the
  // base.
  Schedule schedule = parse_schedule(
      "warmup:50+constant:20+linear:50,start_factor=1,end_factor=1+"
      "cosine:50+constant:factor=0");
  schedule.start(300);
  for (int t = 0; t < 300; ++t)
    EXPECT_LE(std::abs(lr(schedule, t + 1) - lr(schedule, t)), 0.1 * std::numbers::pi / 100 + 1e-9)
        << t;
}

TEST(Schedule, TypedAndBySpecAreTheSame) {
  Schedule typed{Warmup{.steps = 500}, Cosine{.min_lr = 1e-3}};
  Schedule parsed = parse_schedule("warmup:500+cosine:min_lr=1e-3");
  typed.start(1000);
  parsed.start(1000);
  for (int t = 0; t < 1000; t += 7) EXPECT_EQ(lr(typed, t), lr(parsed, t)) << t;
  EXPECT_EQ(text(typed), text(parsed));
}

TEST(Schedule, PrintsAsTheSpecThatReadsBack) {
  for (const std::string spec :
       {"constant", "warmup:500+cosine", "warmup:5+step:10,gamma=0.5", "multistep:5/20/30",
        "constant:100+one_cycle:max_lr=0.3,cycle_momentum=false", "multistep:5",
        "warmup:1e+20+linear:3,start_factor=0.1+plateau:patience=3,cooldown=2"})
    EXPECT_EQ(text(parse_schedule(spec)), spec);
  EXPECT_EQ(text(parse_schedule("cosine:T_max=40,eta_min=0.001")), "cosine:40,min_lr=0.001");
  EXPECT_EQ(text(parse_schedule("step:30")), "step");  // the default
}

TEST(Schedule, TakesAPlusBeforeADigitForPartOfANumber) {
  EXPECT_EQ(text(parse_schedule("warmup:1e+2+cosine:1E+3")), "warmup:100+cosine:1000");
}

TEST(Schedule, LastsUntilTheEndOfTheRun) {
  Schedule schedule = Polynomial{};
  schedule.start(10);
  EXPECT_DOUBLE_EQ(lr(schedule, 5), 0.05);
  schedule.start(20);
  EXPECT_DOUBLE_EQ(lr(schedule, 5), 0.075);
  Schedule own = Polynomial{.steps = 10};
  own.start(20);
  EXPECT_DOUBLE_EQ(lr(own, 5), 0.05);
}

TEST(Schedule, OutlivesARunThatIsTooShort) {
  Schedule schedule = parse_schedule("warmup:100+cosine");
  schedule.start(50);
  EXPECT_DOUBLE_EQ(lr(schedule, 49), 0.05);
}

TEST(Schedule, AsksForTheRunsLength) {
  EXPECT_EQ(message<StateError>([] {
              Schedule{Warmup{.steps = 5}, Cosine{}}.at(0, 0.1);
            }),
            "schedule: cosine lasts until the end of the run; call start(length) before at");
  EXPECT_EQ(lr(parse_schedule("warmup:5+step:3"), 4), 0.1);
}

TEST(Schedule, RefusesALengthThatIsNone) {
  Schedule schedule;
  EXPECT_EQ(message([&] { schedule.start(-1); }),
            "schedule: the run's length must be in [0, inf), -1 was given");
  EXPECT_EQ(message([&] { schedule.start(std::numeric_limits<double>::quiet_NaN()); }),
            "schedule: the run's length must be in [0, inf), nan was given");
}

TEST(Schedule, RefusesAPartWithoutLengthBeforeAnother) {
  EXPECT_EQ(refusal("warmup+cosine"),
            "warmup needs a length where cosine follows; write it as warmup:100+cosine");
  EXPECT_EQ(refusal("warmup:5+step:10+cosine"),
            "step has no end, so cosine cannot follow; put it last");
  EXPECT_EQ(message([] {
              Schedule{Cosine{}, Constant{}};
            }),
            "cosine needs a length where constant follows; write it as "
            "cosine:100+constant");
}

TEST(Schedule, RefusesNoPart) {
  EXPECT_EQ(message([] { Schedule(std::vector<Spec>{}); }),
            "schedule: there is no part; give at least one");
  for (const std::string spec : {"", "+cosine", "warmup:5+", "warmup:5++cosine"})
    EXPECT_EQ(refusal(spec), "schedule '" + spec + "' lacks a name; write it as warmup:500+cosine");
}

TEST(Schedule, MayHaveBlanksAroundItsPieces) {
  EXPECT_EQ(text(parse_schedule(" warmup:10 + cosine: 100, min_lr=1e-05 ")),
            "warmup:10+cosine:100,min_lr=1e-05");
  EXPECT_EQ(refusal("warmup:5 + "),
            "schedule 'warmup:5 + ' lacks a name; write it as warmup:500+cosine");
}

TEST(Schedule, OffersTheNearestName) {
  EXPECT_EQ(refusal<UnknownName>("warmup:5+cosin"),
            "unknown schedule 'cosin' (did you mean 'cosine'?)");
  EXPECT_EQ(refusal<UnknownName>("cosine:min_rl=0.1"),
            "cosine: unknown hyper-parameter 'min_rl' (did you mean 'min_lr'?)");
}

TEST(Schedule, RefusesValuesThatAreNotAllowed) {
  EXPECT_EQ(refusal("warmup:2.5"), "warmup: steps must be in [0, inf), whole, 2.5 was given");
  EXPECT_EQ(refusal("step:0"), "step: size must be in [1, inf), whole, 0 was given");
  EXPECT_EQ(refusal("multistep:5/0"),
            "multistep: milestones must be in each [1, inf), whole, 5/0 was given");
  EXPECT_EQ(refusal("plateau:1"), "plateau: factor must be in (0, 1), 1 was given");
  EXPECT_EQ(refusal("one_cycle:cycle_momentum=2"),
            "one_cycle: cycle_momentum must be true or false, 2 was given");
  EXPECT_EQ(refusal("warmup:many"), "'warmup:many': 'many' must be a number, true or false");
  EXPECT_EQ(refusal("cosine:100,1e-4"),
            "cosine: each value but the first needs a name (known: steps, min_lr)");
  EXPECT_EQ(message([] { Schedule(Exponential{.gamma = -1}); }),
            "exponential: gamma must be in (0, inf), -1 was given");
}

TEST(Schedule, SavesAndRestoresWhatTheLossesLeft) {
  Schedule schedule = parse_schedule("warmup:2+plateau:0.5,patience=1,cooldown=2");
  const std::vector<double> losses{9, 9, 1, 2, 3, 4, 5, 6, 7, 0.5, 1, 1, 1, 1, 1};
  for (std::size_t stop = 0; stop < losses.size(); ++stop) {
    Schedule whole = schedule;
    Schedule resumed = schedule;
    for (std::size_t epoch = 0; epoch < losses.size(); ++epoch) {
      const auto t = static_cast<double>(epoch);
      if (epoch == stop) {
        Schedule fresh = schedule;
        fresh.restore(resumed.state());
        resumed = fresh;
      }
      EXPECT_EQ(lr(whole, t), lr(resumed, t)) << epoch << " after " << stop;
      whole.observe(t, losses[epoch]);
      resumed.observe(t, losses[epoch]);
    }
    EXPECT_EQ(whole.state(), resumed.state());
    EXPECT_LT(lr(whole, 15), 0.1);
  }
}

TEST(Schedule, PlateauWaitsForItsTurn) {
  Schedule schedule = parse_schedule("warmup:3+plateau:0.5,patience=0");
  const Settings untouched = schedule.state();
  for (int t = 0; t < 3; ++t) schedule.observe(t, 1);
  EXPECT_EQ(schedule.state(), untouched);
  schedule.observe(3, 1);
  schedule.observe(4, 1);
  EXPECT_EQ(lr(schedule, 5), 0.05);
}

TEST(Schedule, OfTimeAloneHasNoState) {
  EXPECT_TRUE(parse_schedule("warmup:3+cosine_restarts:5").state().empty());
  EXPECT_NO_THROW(parse_schedule("cosine").restore({}));
}

TEST(Schedule, RefusesAStateThatIsNotItsOwn) {
  Schedule schedule = Plateau{.patience = 0};
  schedule.observe(0, 2);
  const Settings before = schedule.state();
  EXPECT_EQ(message([&] {
              schedule.restore({{"best", 1}});
            }),
            "schedule: the state has 'best=1' where plateau needs 'best=2, bad_epochs=0, "
            "cooldown_left=0, scale=1'");
  EXPECT_EQ(
      message([&] {
        schedule.restore({{"best", 1}, {"bad_epochs", -3}, {"cooldown_left", 0}, {"scale", 1}});
      }),
      "plateau: bad_epochs must be in [0, inf), whole, -3 was given");
  EXPECT_EQ(schedule.state(), before);
  EXPECT_EQ(message([] {
              parse_schedule("cosine").restore({{"best", 1}});
            }),
            "schedule: the state has 'best=1' where cosine needs ''");
}

TEST(Schedule, AllocatesNothingToTellTheRates) {
  Schedule schedule = parse_schedule("warmup:5+multistep:3/6/9");
  EXPECT_EQ(test::allocations_of([&] {
              for (int t = 0; t < 20; ++t) schedule.at(t, 0.1);
            }),
            0U);
}

}  // namespace
}  // namespace ravine::optim::testing
