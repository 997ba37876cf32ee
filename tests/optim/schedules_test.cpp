// Every schedule by itself: against PyTorch's (data/schedules.json) and against closed forms.
#include "ravine/optim/schedules.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>

#include "ravine/optim/schedule.hpp"

namespace ravine::optim::testing {
namespace {

using nlohmann::json;

const json& reference() {
  static const json data =
      json::parse(std::ifstream(RAVINE_TEST_DATA "/optim/data/schedules.json"));
  return data;
}

/// The schedule that a class of PyTorch's with its options is; options keep their names.
Schedule schedule_of(const std::string& name, const json& options) {
  static const std::map<std::string, std::string> names{
      {"StepLR", "step"},
      {"MultiStepLR", "multistep"},
      {"ExponentialLR", "exponential"},
      {"CosineAnnealingLR", "cosine"},
      {"LinearLR", "linear"},
      {"PolynomialLR", "polynomial"},
      {"OneCycleLR", "one_cycle"},
      {"CosineAnnealingWarmRestarts", "cosine_restarts"},
      {"ReduceLROnPlateau", "plateau"}};
  Spec spec{.name = names.at(name), .settings = {}};
  for (const auto& [option, value] : options.items())
    spec.settings.push_back({option, value.is_array() ? Value(value.get<std::vector<double>>())
                                                      : Value(value.get<double>())});
  return Schedule(std::vector<Spec>{spec});
}

double lr(const Schedule& schedule, double t) { return schedule.at(t, 0.1).lr; }

void expect_same(double ours, double theirs, const json& where, std::size_t t) {
  EXPECT_NEAR(ours, theirs, 1e-12 * std::abs(theirs)) << where << " at " << t;
}

TEST(Schedules, AgreeWithPyTorch) {
  for (const json& c : reference()["by_time"]) {
    const Schedule schedule = schedule_of(c["name"], c["options"]);
    for (std::size_t t = 0; t < c["lr"].size(); ++t)
      expect_same(schedule.at(static_cast<double>(t), c["base_lr"]).lr, c["lr"][t], c["name"], t);
  }
}

TEST(Schedules, CycleTheMomentumAsPyTorchDoes) {
  int cases = 0;
  for (const json& c : reference()["by_time"]) {
    if (!c.contains("momentum")) continue;
    ++cases;
    const Schedule schedule = schedule_of(c["name"], c["options"]);
    for (std::size_t t = 0; t < c["momentum"].size(); ++t)
      expect_same(schedule.at(static_cast<double>(t), c["base_lr"]).momentum.value(),
                  c["momentum"][t], c["options"], t);
  }
  EXPECT_EQ(cases, 4);
}

TEST(Schedules, DropOnAPlateauAsPyTorchDoes) {
  for (const json& c : reference()["by_loss"]) {
    Schedule schedule = schedule_of("ReduceLROnPlateau", c["options"]);
    EXPECT_LT(c["lr"].back(), c["lr"].front()) << c["options"];
    for (std::size_t epoch = 0; epoch < c["lr"].size(); ++epoch) {
      const auto t = static_cast<double>(epoch);
      expect_same(schedule.at(t, c["base_lr"]).lr, c["lr"][epoch], c["options"], epoch);
      schedule.observe(t, c["losses"][epoch]);
    }
  }
}

TEST(Schedules, ConstantIsAShareOfTheBase) {
  EXPECT_EQ(lr(Constant{.steps = 3}, 0), 0.1);
  EXPECT_EQ(lr(Constant{.steps = 3}, 1e9), 0.1);
  EXPECT_EQ(lr(Constant{.steps = 3, .factor = 0.5}, 2), 0.05);
}

TEST(Schedules, WarmupReachesTheBaseAtItsLastStep) {
  const Schedule schedule = Warmup{.steps = 5};
  for (int t = 0; t < 5; ++t) EXPECT_DOUBLE_EQ(lr(schedule, t), 0.02 * (t + 1));
  EXPECT_EQ(lr(schedule, 4), 0.1);
  EXPECT_EQ(lr(schedule, 100), 0.1);
}

TEST(Schedules, InverseSqrtIsTheTransformersAfterItsWarmup) {
  // Vaswani et al., equation 3, up to its factor: min(n^-1/2, n w^-3/2), n from 1; base at n = w.
  const Schedule schedule = {Warmup{.steps = 16}, InverseSqrt{.steps = 16}};
  for (int n = 1; n <= 400; ++n) {
    // The step after the warm-up's last has the base rate once more: n is one less from there on.
    const double count = n <= 16 ? n : n - 1;
    const double expected = 0.1 * 4 * std::min(1 / std::sqrt(count), count * std::pow(16, -1.5));
    EXPECT_NEAR(lr(schedule, n - 1), expected, 1e-15) << n;
  }
  EXPECT_DOUBLE_EQ(lr(InverseSqrt{.steps = 4}, 12), 0.05);
}

TEST(Schedules, RestartsComeAfterOneAndThreeAndSevenPeriods) {
  const Schedule schedule = CosineRestarts{.period = 4, .growth = 2, .min_lr = 0.01};
  for (const double restart : {0, 4, 12, 28}) EXPECT_EQ(lr(schedule, restart), 0.1) << restart;
  // The middle of a period is the mean of the ends.
  for (const double middle : {2, 8, 20, 44}) EXPECT_NEAR(lr(schedule, middle), 0.055, 1e-15);
  for (int t = 0; t < 27; ++t) {
    const bool restarts_next = t == 3 || t == 11;
    EXPECT_EQ(lr(schedule, t + 1) > lr(schedule, t), restarts_next) << t;
  }
}

TEST(Schedules, RestartsLateInALongRunTakeNoTime) {
  EXPECT_NEAR(lr(CosineRestarts{.period = 1000}, 1e15 + 500), 0.05, 1e-9);
}

TEST(Schedules, ThoseThatFallStayAtTheirEnd) {
  EXPECT_EQ(lr(Cosine{.steps = 10, .min_lr = 0.003}, 10), 0.003);
  EXPECT_EQ(lr(Cosine{.steps = 10, .min_lr = 0.003}, 25), 0.003);
  EXPECT_EQ(lr(Polynomial{.steps = 10}, 25), 0);
  EXPECT_DOUBLE_EQ(lr(Linear{.steps = 10, .start_factor = 1, .end_factor = 0.2}, 25), 0.02);
  EXPECT_DOUBLE_EQ(lr(OneCycle{.steps = 10}, 25), 0.1 / 25 / 1e4);
}

TEST(Schedules, AFractionOfAnEpochIsATimeToo) {
  EXPECT_DOUBLE_EQ(lr(Polynomial{.steps = 10}, 2.5), 0.075);
  EXPECT_DOUBLE_EQ(lr(StepDecay{.size = 2, .gamma = 0.5}, 3.9), 0.05);
  EXPECT_DOUBLE_EQ(lr(Exponential{.gamma = 0.25}, 0.5), 0.05);
}

TEST(Schedules, OneCycleTakesTheBaseAsItsLargestRate) {
  Schedule schedule = OneCycle{.pct_start = 0.5};
  schedule.start(20);
  EXPECT_EQ(lr(schedule, 9), 0.1);
  EXPECT_DOUBLE_EQ(schedule.at(9, 0.1).momentum.value(), 0.85);
  EXPECT_EQ(Schedule(OneCycle{.steps = 20, .cycle_momentum = false}).at(9, 0.1).momentum,
            std::nullopt);
}

TEST(Schedules, OneCycleOfAStepOrNoneIsANumber) {
  for (const double steps : {1, 2})
    for (const double start : {0.0, 0.3, 0.5, 1.0})
      for (const double t : {0, 1, 2}) {
        const double rate = lr(OneCycle{.steps = steps, .pct_start = start}, t);
        EXPECT_TRUE(rate > 0 && rate <= 0.1) << steps << ' ' << start << ' ' << t << ' ' << rate;
      }
}

TEST(Schedules, PlateauCountsALossThatIsNoNumberAsBad) {
  Schedule schedule = Plateau{.factor = 0.5, .patience = 1};
  schedule.observe(0, std::numeric_limits<double>::quiet_NaN());
  EXPECT_EQ(lr(schedule, 1), 0.1);
  schedule.observe(1, std::numeric_limits<double>::infinity());
  EXPECT_EQ(lr(schedule, 2), 0.05);
}

TEST(Schedules, PlateauDoesNotLiftARateBelowItsFloor) {
  Schedule schedule = Plateau{.patience = 0, .min_lr = 0.01};
  for (int epoch = 0; epoch < 5; ++epoch) schedule.observe(epoch, 1);
  EXPECT_EQ(schedule.at(5, 0.1).lr, 0.01);
  EXPECT_EQ(schedule.at(5, 0.004).lr, 0.004);
}

}  // namespace
}  // namespace ravine::optim::testing
