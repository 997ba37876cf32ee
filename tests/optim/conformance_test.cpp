// What must hold of every rule in the registry; no rule is named here.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "optim/one_tensor.hpp"
#include "optim/problems.hpp"
#include "ravine/optim/registry.hpp"
#include "ravine/tensor/text.hpp"
#include "support/throws.hpp"

namespace ravine::optim::testing {
namespace {

using test::message;

template <class T>
class Conformance : public ::testing::Test {};
using Scalars = ::testing::Types<float, double>;
TYPED_TEST_SUITE(Conformance, Scalars);

/// Numbers without a pattern that an update could hide behind: multiples of the golden ratio.
std::vector<double> scattered(std::size_t count, double shift) {
  std::vector<double> x(count);
  for (std::size_t i = 0; i < count; ++i)
    x[i] = std::remainder(0.6180339887498949 * static_cast<double>(i + 1) + shift, 1.0);
  return x;
}

TYPED_TEST(Conformance, DescendsTheEllipse) {
  using T = TypeParam;
  const auto f = [](const std::vector<double>& w) { return 3 * w[0] * w[0] + 10 * w[1] * w[1]; };
  for (const RuleInfo& rule : rules()) {
    const Problem& ellipse = problem("ellipse");
    const auto w = parameter<T>(ellipse.start);
    const auto optimizer = make(rule.about.name, Parameters<T>{w});
    for (int i = 0; i < 100; ++i) step(*optimizer, ellipse.gradient(values(*w)));
    EXPECT_LT(f(values(*w)), f(ellipse.start)) << rule.about.name;
  }
}

TYPED_TEST(Conformance, CuttingAParameterInTwoChangesNoBit) {
  using T = TypeParam;
  constexpr std::size_t size = 77;  // of every vector's width, the last is not full
  for (const RuleInfo& rule : rules()) {
    for (const std::size_t cut : {1U, 31U, 64U}) {
      const std::vector<double> start = scattered(size, 0);
      const auto whole = parameter<T>(start);
      const auto head = parameter<T>({start.begin(), start.begin() + std::ptrdiff_t(cut)}, "head");
      const auto tail = parameter<T>({start.begin() + std::ptrdiff_t(cut), start.end()}, "tail");
      const auto one = make(rule.about.name, Parameters<T>{whole});
      const auto two = make(rule.about.name, Parameters<T>{head, tail});
      for (int i = 0; i < 5; ++i) {
        const std::vector<double> g = scattered(size, 0.1 * i);
        step(*one, g);
        give_gradient(*head, std::span(g).first(cut));
        give_gradient(*tail, std::span(g).subspan(cut));
        two->step();
      }
      std::vector<double> parts = values(*head);
      const std::vector<double> rest = values(*tail);
      parts.insert(parts.end(), rest.begin(), rest.end());
      EXPECT_EQ(values(*whole), parts) << rule.about.name << " cut at " << cut;
    }
  }
}

TYPED_TEST(Conformance, ZeroGradientsMoveNothing) {
  using T = TypeParam;
  for (const RuleInfo& rule : rules()) {
    const auto w = parameter<T>(scattered(19, 0));
    const std::vector<double> start = values(*w);
    const auto optimizer = make(rule.about.name, Parameters<T>{w}, {{"weight_decay", 0}});
    for (int i = 0; i < 3; ++i) step(*optimizer, std::vector<double>(19, 0));
    EXPECT_EQ(values(*w), start) << rule.about.name;
  }
}

TYPED_TEST(Conformance, WeightDecayAlonePullsTowardsZero) {
  using T = TypeParam;
  for (const RuleInfo& rule : rules()) {
    if (!rule.decay) continue;
    const auto w = parameter<T>({2, -3});
    const auto optimizer = make(rule.about.name, Parameters<T>{w}, {{"weight_decay", 0.1}});
    step(*optimizer, std::vector<double>(2, 0));
    EXPECT_LT(w->value[0], T(2)) << rule.about.name;
    EXPECT_GT(w->value[0], T(0)) << rule.about.name;
    EXPECT_GT(w->value[1], T(-3)) << rule.about.name;
    EXPECT_LT(w->value[1], T(0)) << rule.about.name;
  }
}

TYPED_TEST(Conformance, ASavedStateContinuesBitForBit) {
  using T = TypeParam;
  for (const RuleInfo& rule : rules()) {
    const Problem& valley = problem("rosenbrock");
    const Settings settings{{"lr", 1e-4}};
    const auto w = parameter<T>(valley.start);
    const auto optimizer = make(rule.about.name, Parameters<T>{w}, settings);
    for (int i = 0; i < 7; ++i) step(*optimizer, valley.gradient(values(*w)));

    const auto resumed_w = parameter<T>(values(*w));
    const auto resumed =
        make(rule.about.name, Parameters<T>{resumed_w}, optimizer->hyperparameters());
    resumed->restore(optimizer->state());

    for (int i = 0; i < 7; ++i) {
      step(*optimizer, valley.gradient(values(*w)));
      step(*resumed, valley.gradient(values(*resumed_w)));
    }
    EXPECT_EQ(values(*w), values(*resumed_w)) << rule.about.name;
  }
}

TYPED_TEST(Conformance, EveryHyperParameterIsReadSetAndGuardedByName) {
  using T = TypeParam;
  for (const RuleInfo& rule : rules()) {
    const auto optimizer = make(rule.about.name, Parameters<T>{parameter<T>({1})});
    const Settings defaults = optimizer->hyperparameters();
    ASSERT_EQ(defaults.size(), rule.fields.size()) << rule.about.name;
    for (std::size_t i = 0; i < rule.fields.size(); ++i) {
      const FieldInfo& field = rule.fields[i];
      SCOPED_TRACE(text(rule.about.name, " ", field.name));
      EXPECT_EQ(defaults[i], (Setting{std::string(field.name), field.standard}));
      const Value other = field.standard.is_flag() ? Value(!field.standard.flag()) : Value(0.25);
      optimizer->set(field.name, other);
      EXPECT_EQ(optimizer->get(field.name), other);
      EXPECT_EQ(optimizer->hyperparameters()[i].value, other);

      const double nan = std::numeric_limits<double>::quiet_NaN();
      EXPECT_EQ(message<InputError>([&] { optimizer->set(field.name, nan); }),
                text(rule.about.name, ": ", field.name, " must be ",
                     field.standard.is_flag() ? "" : "in ", field.range, ", nan was given"));
      EXPECT_EQ(optimizer->get(field.name), other);
    }
    EXPECT_THROW(optimizer->get("no such name"), UnknownName);
    EXPECT_THROW(optimizer->set("no such name", 1), UnknownName);
  }
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

}  // namespace
}  // namespace ravine::optim::testing
