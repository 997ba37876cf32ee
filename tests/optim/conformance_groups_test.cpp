// Parameter groups under every rule in the registry that can tell parameters apart; no rule is
// named here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "optim/conforming.hpp"
#include "optim/descent.hpp"
#include "ravine/optim/registry.hpp"
#include "ravine/tensor/text.hpp"
#include "support/throws.hpp"

namespace ravine::optim::testing {
namespace {

using ::testing::HasSubstr;

template <class T>
class ConformanceGroups : public ::testing::Test {};
TYPED_TEST_SUITE(ConformanceGroups, Scalars);

/// Each coordinate by itself, so that what happens to one tells nothing of the others.
const test::AnalyticProblem& separable() {
  static const test::AnalyticProblem problem{
      .name = "separable",
      .start = scattered(20),
      .minima = {std::vector<double>(20, 2)},
      .least = 0,
      .convex = true,
      .evaluate = [](std::span<const double> w, std::span<double> g) {
        double f = 0;
        for (std::size_t i = 0; i < w.size(); ++i) {
          const double curvature = 1 / double(i + 1);
          g[i] = curvature * (w[i] - 2);
          f += 0.5 * curvature * (w[i] - 2) * (w[i] - 2);
        }
        return f;
      }};
  return problem;
}
const std::vector<std::size_t> cuts{3, 11, 12};

bool takes(const RuleInfo& rule, const std::string& field, double value) {
  try {
    make(rule.about.name, Parameters<double>{parameter<double>({1})}, {{field, value}});
    return true;
  } catch (const InputError&) {
    return false;
  }
}

/// Whether the rate acts on every step: it may be no more than the length of the first.
template <class T>
bool rate_acts_in_mid_run(const RuleInfo& rule) {
  const auto end = [&](double lr) {
    Descent<T> descent(rule.about.name, separable());
    descent.step(2);
    descent.optimizer().set("lr", lr);
    descent.step();
    return descent.point();
  };
  return end(0.01) != end(0.02);
}

TYPED_TEST(ConformanceGroups, WithRateZeroStandsStillAndTheOthersMoveAsWithoutIt) {
  using T = TypeParam;
  for (const RuleInfo& rule : rules()) {
    if (rule.scope == Scope::all_parameters || !rate_acts_in_mid_run<T>(rule)) continue;
    Descent<T> plain(rule.about.name, separable(), {}, cuts);
    Descent<T> grouped(rule.about.name, separable(), {}, cuts, {{"*.bias", {{"lr", 0}}}});
    const std::vector<double> start = grouped.point();
    plain.step(10);
    grouped.step(10);
    for (std::size_t p = 0; p < grouped.pieces().size(); ++p) {
      const bool still = p % 2 == 1;
      const std::size_t begin = p == 0 ? 0 : cuts[p - 1];
      for (std::size_t i = 0; i < grouped.pieces()[p]->value.size(); ++i) {
        EXPECT_EQ(grouped.point()[begin + i], (still ? start : plain.point())[begin + i])
            << rule.about.name << ' ' << begin + i;
        EXPECT_NE(plain.point()[begin + i], start[begin + i]) << rule.about.name;
      }
    }
  }
}

TYPED_TEST(ConformanceGroups, AGroupSetToWhatAllAreSetToChangesNoBit) {
  using T = TypeParam;
  for (const RuleInfo& rule : rules()) {
    if (rule.scope == Scope::all_parameters) continue;
    Descent<T> plain(rule.about.name, separable(), {}, cuts);
    Descent<T> grouped(rule.about.name, separable(), {}, cuts,
                       {{"*.bias", plain.optimizer().hyperparameters()}});
    EXPECT_EQ(grouped.optimizer().groups(), 2U);
    plain.step(10);
    grouped.step(10);
    EXPECT_EQ(grouped.point(), plain.point()) << rule.about.name;
  }
}

TYPED_TEST(ConformanceGroups, ASettingByGroupIsTheSameSettingForThatParameterAlone) {
  using T = TypeParam;
  for (const RuleInfo& rule : rules()) {
    if (rule.scope == Scope::all_parameters) continue;
    for (const FieldInfo& field : rule.fields) {
      for (const Value& value : other_values(field)) {
        const Settings setting{{std::string(field.name), value}};
        if (!takes(rule, setting[0].name, value.number())) continue;
        Descent<T> plain(rule.about.name, separable(), {}, cuts);
        Descent<T> all(rule.about.name, separable(), setting, cuts);
        Descent<T> grouped(rule.about.name, separable(), {}, cuts, {{"1.bias", setting}});
        for (auto* descent : {&plain, &all, &grouped}) descent->step(5);
        for (std::size_t p = 0; p < cuts.size(); ++p)
          EXPECT_EQ(values(*grouped.pieces()[p]), values(*(p == 1 ? all : plain).pieces()[p]))
              << rule.about.name << ' ' << setting[0];
      }
    }
  }
}

TYPED_TEST(ConformanceGroups, ThatDifferAreRefusedByARuleForAllParametersTogether) {
  using T = TypeParam;
  for (const RuleInfo& rule : rules()) {
    if (rule.scope != Scope::all_parameters) continue;
    EXPECT_TRUE(test::throws<InputError>(
        [&] {
          Descent<T>(rule.about.name, separable(), {}, cuts, {{"*.bias", {{"lr", 0.5}}}});
        },
        HasSubstr(text(rule.about.name, ": the group with lr=0.5 differs"))))
        << rule.about.name;
  }
}

TYPED_TEST(ConformanceGroups, APatternThatMatchesNothingIsRefused) {
  using T = TypeParam;
  for (const RuleInfo& rule : rules())
    EXPECT_TRUE(test::throws<InputError>(
        [&] {
          Descent<T>(rule.about.name, separable(), {}, cuts, {{"*.bais", {{"lr", 1}}}});
        },
        HasSubstr("group '*.bais' matches no parameter")))
        << rule.about.name;
}

}  // namespace
}  // namespace ravine::optim::testing
