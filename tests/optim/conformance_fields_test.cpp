// The hyper-parameters of every rule in the registry; no rule is named here.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <optional>

#include "optim/conforming.hpp"
#include "optim/descent.hpp"
#include "ravine/optim/registry.hpp"
#include "ravine/tensor/text.hpp"
#include "support/throws.hpp"

namespace ravine::optim::testing {
namespace {

using test::message;

template <class T>
class ConformanceFields : public ::testing::Test {};
TYPED_TEST_SUITE(ConformanceFields, Scalars);

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Numbers that a range as it is printed, `[0, 1)` or `[1, inf), whole`, leaves out.
std::vector<double> outside(std::string range) {
  std::vector<double> numbers{std::numeric_limits<double>::quiet_NaN()};
  const std::string whole = ", whole";
  if (range.ends_with(whole)) {
    range.erase(range.size() - whole.size());
    numbers.push_back(2.5);
  }
  const std::size_t comma = range.find(", ");
  const double low = parse_value(range.substr(1, comma - 1)).number();
  const double high = parse_value(range.substr(comma + 2, range.size() - comma - 3)).number();
  numbers.insert(numbers.end(), {low - 1, -infinity});
  numbers.push_back(range.front() == '(' ? low : std::nextafter(low, -infinity));
  if (std::isfinite(high)) numbers.insert(numbers.end(), {high + 1, infinity});
  if (range.back() == ')') numbers.push_back(high);
  return numbers;
}

TYPED_TEST(ConformanceFields, AreReadAndSetByName) {
  using T = TypeParam;
  for (const RuleInfo& rule : rules()) {
    const auto optimizer = make(rule.about.name, Parameters<T>{parameter<T>({1})});
    const Settings defaults = optimizer->hyperparameters();
    ASSERT_EQ(defaults.size(), rule.fields.size()) << rule.about.name;
    for (std::size_t i = 0; i < rule.fields.size(); ++i) {
      const FieldInfo& field = rule.fields[i];
      SCOPED_TRACE(text(rule.about.name, " ", field.name));
      EXPECT_EQ(defaults[i], (Setting{std::string(field.name), field.standard}));
      for (const Value& other : other_values(field)) {
        try {
          optimizer->set(field.name, other);
        } catch (const InputError&) {
          continue;
        }
        EXPECT_EQ(optimizer->get(field.name), other);
        EXPECT_EQ(optimizer->hyperparameters()[i].value, other);
      }
    }
    EXPECT_THROW(optimizer->get("no such name"), UnknownName);
    EXPECT_THROW(optimizer->set("no such name", 1), UnknownName);
  }
}

TYPED_TEST(ConformanceFields, RefuseABadValueWithItsRange) {
  using T = TypeParam;
  for (const RuleInfo& rule : rules()) {
    const auto w = parameter<T>({1});
    const auto optimizer = make(rule.about.name, Parameters<T>{w});
    for (const FieldInfo& field : rule.fields) {
      const bool flag = field.standard.is_flag();
      const std::vector<double> bad =
          flag ? std::vector<double>{0.5, -1, 2, std::nan("")} : outside(field.range);
      for (const double value : bad) {
        const std::string refusal =
            text(rule.about.name, ": ", field.name, " must be ", flag ? "" : "in ", field.range,
                 ", ", Value(value), " was given");
        EXPECT_EQ(message<InputError>([&] { optimizer->set(field.name, value); }), refusal);
        EXPECT_EQ(optimizer->get(field.name), field.standard);
        EXPECT_EQ(message<InputError>([&] {
                    make(rule.about.name, Parameters<T>{w}, {{std::string(field.name), value}});
                  }),
                  refusal);
      }
      if (!flag) {
        EXPECT_THROW(optimizer->set(field.name, true), InputError) << field.name;
      }
    }
  }
}

/// Where a run ends; nothing where that is not finite, as with a rate far too large.
template <class T>
std::optional<std::vector<double>> end_of_run(const RuleInfo& rule, const Settings& settings) {
  Descent<T> descent(rule.about.name, test::analytic_problem("himmelblau"), settings);
  descent.step(12);
  if (!std::isfinite(descent.value())) return {};
  return descent.point();
}

/// Whether a value of the field besides its default changes a run with those other settings.
template <class T>
bool matters(const RuleInfo& rule, const FieldInfo& field, const Settings& others) {
  const auto without = end_of_run<T>(rule, others);
  for (const Value& value : other_values(field)) {
    Settings settings = others;
    settings.push_back({std::string(field.name), value});
    try {
      const auto with = end_of_run<T>(rule, settings);
      if (with && without && *with != *without) return true;
    } catch (const InputError&) {  // not in the field's range
    }
  }
  return false;
}

/// A field may need another one to be of use: a velocity's dampening needs a momentum.
template <class T>
bool matters_somewhere(const RuleInfo& rule, const FieldInfo& field) {
  if (matters<T>(rule, field, {})) return true;
  for (const FieldInfo& other : rule.fields)
    for (const Value& value : other_values(other)) try {
        if (matters<T>(rule, field, {{std::string(other.name), value}})) return true;
      } catch (const InputError&) {
      }
  return false;
}

TYPED_TEST(ConformanceFields, NoneIsDead) {
  for (const RuleInfo& rule : rules())
    for (const FieldInfo& field : rule.fields)
      EXPECT_TRUE(matters_somewhere<TypeParam>(rule, field))
          << rule.about.name << ' ' << field.name << " changes nothing";
}

TYPED_TEST(ConformanceFields, ChangeInMidRun) {
  using T = TypeParam;
  const test::AnalyticProblem problem = test::quadratic(9, 10);
  for (const RuleInfo& rule : rules())
    for (const FieldInfo& field : rule.fields)
      for (const Value& value : other_values(field)) {
        Descent<T> descent(rule.about.name, problem);
        descent.step(3);
        try {
          descent.optimizer().set(field.name, value);
        } catch (const InputError&) {
          continue;
        }
        descent.step(3);
        EXPECT_TRUE(std::isfinite(descent.value()))
            << rule.about.name << ' ' << field.name << '=' << value;
      }
}

TYPED_TEST(ConformanceFields, SetToWhatTheyAreChangeNoBit) {
  using T = TypeParam;
  const test::AnalyticProblem problem = test::quadratic(9, 10);
  for (const RuleInfo& rule : rules()) {
    Descent<T> left_alone(rule.about.name, problem), set(rule.about.name, problem);
    for (int i = 0; i < 10; ++i) {
      for (const Setting& setting : set.optimizer().hyperparameters())
        set.optimizer().set(setting.name, setting.value);
      set.step();
      left_alone.step();
    }
    EXPECT_EQ(set.point(), left_alone.point()) << rule.about.name;
  }
}

}  // namespace
}  // namespace ravine::optim::testing
