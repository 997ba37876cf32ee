// What must hold of every rule in the registry; no rule is named here.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "optim/conforming.hpp"
#include "optim/descent.hpp"
#include "ravine/optim/registry.hpp"
#include "ravine/tensor/text.hpp"
#include "support/with_threads.hpp"

namespace ravine::optim::testing {
namespace {

template <class T>
class Conformance : public ::testing::Test {};
TYPED_TEST_SUITE(Conformance, Scalars);

std::string name_of(const RuleInfo& rule, const Settings& settings) {
  return text(rule.about.name, ' ', joined(settings));
}

TEST(Registered, EveryRuleSaysWhatItIs) {
  for (const RuleInfo& rule : rules()) {
    EXPECT_FALSE(rule.about.name.empty());
    EXPECT_FALSE(rule.about.summary.empty()) << rule.about.name;
    EXPECT_EQ(rule.about.summary.find('\n'), std::string_view::npos) << rule.about.name;
    EXPECT_NE(rule.about.formula.find("w ←"), std::string_view::npos) << rule.about.name;
    EXPECT_FALSE(rule.about.reference.empty()) << rule.about.name;
    for (const FieldInfo& field : rule.fields) EXPECT_FALSE(field.help.empty()) << field.name;
  }
}

/// A problem with the same value and gradient everywhere.
test::AnalyticProblem slope(const std::vector<double>& gradient) {
  return {.name = "slope",
          .start = scattered(gradient.size()),
          .minima = {},
          .least = 0,
          .convex = true,
          .evaluate = [gradient](auto, std::span<double> g) {
            std::ranges::copy(gradient, g.begin());
            return 0.0;
          }};
}

TYPED_TEST(Conformance, TheFirstStepIsAgainstTheGradientAndProportionalToTheRate) {
  using T = TypeParam;
  const test::AnalyticProblem problem = slope({3, -0.01, 0.5, -40});
  for (const RuleInfo& rule : rules()) {
    const auto moved_by = [&](double lr) {
      Descent<T> descent(rule.about.name, problem, without_decay(rule, {{"lr", lr}}));
      std::vector<double> way = descent.point();
      // Line searches choose the step's length themselves.
      if (descent.optimizer().needs_closure()) return std::vector<double>();
      descent.step();
      for (std::size_t i = 0; i < way.size(); ++i) way[i] -= descent.point()[i];
      return way;
    };
    const std::vector<double> once = moved_by(0.01), twice = moved_by(0.02);
    for (std::size_t i = 0; i < once.size(); ++i) {
      EXPECT_GT(once[i] * (i % 2 == 0 ? 1 : -1), 0) << rule.about.name << ' ' << i;
      // Of the difference of two numbers up to 1/2 that many digits are lost.
      const double rounding = 2 * double(std::numeric_limits<T>::epsilon());
      EXPECT_NEAR(twice[i], 2 * once[i], rounding) << rule.about.name << ' ' << i;
    }
  }
}

// An average divided by what it lacks after one step is the gradient or its square, whatever the
// weight of the past in it.
TYPED_TEST(Conformance, WithBiasCorrectionTheFirstStepDoesNotDependOnTheAverages) {
  using T = TypeParam;
  const test::AnalyticProblem problem = slope({3, -0.5, 2, -40});
  const auto has_field = [](const RuleInfo& rule, std::string_view name) {
    return std::ranges::count(rule.fields, name, &FieldInfo::name) == 1;
  };
  for (const RuleInfo& rule : rules()) {
    if (!has_field(rule, "bias_correction")) continue;
    const auto first_step = [&](const Settings& averages) {
      Settings settings = without_decay(rule, averages);
      settings.insert(settings.end(), {{"bias_correction", true}, {"lr", 0.1}});
      Descent<T> descent(rule.about.name, problem, settings);
      std::vector<double> way = descent.point();
      descent.step();
      for (std::size_t i = 0; i < way.size(); ++i) way[i] -= descent.point()[i];
      return way;
    };
    for (const char* beta : {"beta1", "beta2"}) {
      ASSERT_TRUE(has_field(rule, beta)) << rule.about.name;
      const std::vector<double> once = first_step({{beta, 0.5}}),
                                other = first_step({{beta, 0.95}});
      for (std::size_t i = 0; i < once.size(); ++i)
        EXPECT_NEAR(other[i], once[i], 1e-4 * std::abs(once[i])) << rule.about.name << ' ' << beta;
    }
  }
}

TYPED_TEST(Conformance, ZeroGradientsMoveNothing) {
  const test::AnalyticProblem flat = slope(std::vector<double>(19, 0));
  for (const RuleInfo& rule : rules())
    for (const Settings& settings : slot_variants(rule)) {
      Descent<TypeParam> descent(rule.about.name, flat, without_decay(rule, settings), {7});
      const std::vector<double> start = descent.point();
      descent.step(5);
      EXPECT_EQ(descent.point(), start) << name_of(rule, settings);
    }
}

TYPED_TEST(Conformance, WeightDecayAlonePullsTowardsZero) {
  const test::AnalyticProblem flat = slope({0, 0});
  for (const RuleInfo& rule : rules()) {
    if (!rule.decay) continue;
    Descent<TypeParam> descent(rule.about.name, flat, {{"weight_decay", 0.1}}, {}, {}, {2, -3});
    for (int i = 0; i < 3; ++i) {
      const std::vector<double> before = descent.point();
      descent.step();
      const std::vector<double> after = descent.point();
      for (std::size_t j = 0; j < before.size(); ++j) {
        EXPECT_LT(std::abs(after[j]), std::abs(before[j])) << rule.about.name;
        EXPECT_GE(after[j] * before[j], 0) << rule.about.name;
      }
    }
  }
}

TYPED_TEST(Conformance, ASavedStateContinuesBitForBit) {
  using T = TypeParam;
  const test::AnalyticProblem& valley = test::analytic_problem("rosenbrock");
  for (const RuleInfo& rule : rules())
    for (Settings settings : slot_variants(rule)) {
      settings.push_back({"lr", 1e-4});
      Groups groups;
      if (rule.scope != Scope::all_parameters) groups = {{"*.bias", {{"lr", 1e-3}}}};
      Descent<T> descent(rule.about.name, valley, settings, {1}, groups);
      descent.step(7);
      const State<T> saved = descent.optimizer().state();
      const std::vector<double> at = descent.point();
      descent.step(7);
      EXPECT_NE(descent.point(), at) << name_of(rule, settings);

      Descent<T> resumed(rule.about.name, valley, settings, {1}, groups, at);
      resumed.optimizer().restore(saved);
      EXPECT_EQ(resumed.optimizer().steps(), 7U);
      resumed.step(7);
      EXPECT_EQ(resumed.point(), descent.point()) << name_of(rule, settings);
    }
}

// A step after the state was restored must not reach into the tensors it was restored from.
TYPED_TEST(Conformance, ARestoredStateIsACopy) {
  using T = TypeParam;
  const test::AnalyticProblem problem = test::quadratic(9, 10);
  for (const RuleInfo& rule : rules()) {
    Descent<T> descent(rule.about.name, problem);
    descent.step(3);
    const State<T> saved = descent.optimizer().state();
    const State<T> untouched = copy(saved);
    Descent<T> resumed(rule.about.name, problem);
    resumed.optimizer().restore(saved);
    resumed.step(3);
    for (std::size_t i = 0; i < saved.arrays.size(); ++i)
      EXPECT_EQ(saved.arrays[i].tensor.to_vector(), untouched.arrays[i].tensor.to_vector())
          << rule.about.name << ' ' << saved.arrays[i].slot;
  }
}

TYPED_TEST(Conformance, CuttingAParameterInTwoChangesNoBit) {
  using T = TypeParam;
  // Of every vector's width, the last is not full.
  const test::AnalyticProblem problem = test::quadratic(77, 50);
  for (const RuleInfo& rule : rules()) {
    if (rule.scope == Scope::tensor) continue;
    for (const Settings& settings : slot_variants(rule)) {
      Descent<T> whole(rule.about.name, problem, settings, {}, {}, scattered(77));
      whole.step(5);
      for (const std::size_t cut : {1U, 31U, 64U}) {
        Descent<T> parts(rule.about.name, problem, settings, {cut}, {}, scattered(77));
        parts.step(5);
        EXPECT_EQ(parts.point(), whole.point()) << name_of(rule, settings) << " cut at " << cut;
      }
    }
  }
}

TYPED_TEST(Conformance, AnOptionalSlotIsKeptWithItsFieldOnly) {
  using T = TypeParam;
  for (const RuleInfo& rule : rules())
    for (const SlotInfo& slot : rule.slots) {
      const auto has_slot = [&](const Optimizer<T>& optimizer) {
        const State<T> state = optimizer.state();
        return std::ranges::count(state.arrays, slot.name, &StateEntry<T>::slot) == 1;
      };
      const std::string trace = text(rule.about.name, ' ', slot.name);
      const auto optimizer = make(rule.about.name, Parameters<T>{parameter<T>({1, 2})});
      EXPECT_EQ(has_slot(*optimizer), slot.by_default) << trace;
      const std::size_t bytes = optimizer->state_bytes_per_parameter();
      EXPECT_EQ(bytes, state_bytes_per_parameter(rule, sizeof(T))) << trace;
      if (slot.kept_with.empty()) {
        EXPECT_TRUE(slot.by_default) << trace;
        continue;
      }
      const auto field = std::ranges::find(rule.fields, slot.kept_with, &FieldInfo::name);
      ASSERT_NE(field, rule.fields.end()) << trace;
      const Settings other{{std::string(slot.kept_with), other_values(*field).front()}};
      const auto switched = make(rule.about.name, Parameters<T>{parameter<T>({1, 2})},
                                 slot.by_default ? Settings{{other[0].name, 0}} : other);
      EXPECT_EQ(has_slot(*switched), !slot.by_default) << trace;
      EXPECT_EQ(switched->state_bytes_per_parameter(),
                slot.by_default ? bytes - sizeof(T) : bytes + sizeof(T))
          << trace;
    }
}

TYPED_TEST(Conformance, ThreadsAgreeOnALargeParameter) {
  using T = TypeParam;
  constexpr std::size_t size = 200'000;
  const test::AnalyticProblem slopes = slope(scattered(size, 0.1));
  for (const RuleInfo& rule : rules()) {
    if (rule.scope != Scope::element) continue;
    const auto after = [&](std::size_t threads) {
      const test::WithThreads with(threads);
      Descent<T> descent(rule.about.name, slopes);
      descent.step(3);
      return descent.point();
    };
    EXPECT_TRUE(after(1) == after(2)) << rule.about.name;
  }
}

}  // namespace
}  // namespace ravine::optim::testing
