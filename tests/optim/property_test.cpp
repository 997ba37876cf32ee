// What holds of update rules in any case, tried on random ones.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <cstdlib>
#include <utility>

#include "optim/one_tensor.hpp"
#include "ravine/optim/registry.hpp"
#include "ravine/optim/spec.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::optim::testing {
namespace {

// The same 200 cases of each property every time; RC_PARAMS from outside asks for others.
const bool fixed_cases = (setenv("RC_PARAMS", "seed=4 max_success=200", 0), true);

using Vector = std::vector<double>;

rc::Gen<double> between(double low, double high) {
  constexpr int steps = 1 << 20;
  return rc::gen::map(rc::gen::inRange(0, steps + 1),
                      [=](int step) { return low + (high - low) * step / steps; });
}

Vector draw_vector(std::size_t size) { return *rc::gen::container<Vector>(size, between(-10, 10)); }

/// A gradient for each of up to 20 steps.
std::vector<Vector> draw_gradients(std::size_t size) {
  std::vector<Vector> gradients(*rc::gen::inRange<std::size_t>(1, 21));
  for (Vector& g : gradients) g = draw_vector(size);
  return gradients;
}

/// The parameter's values after each step.
template <class T>
std::vector<Vector> iterates(std::string_view rule, const Settings& settings, const Vector& start,
                             const std::vector<Vector>& gradients) {
  const auto w = parameter<T>(start);
  const auto optimizer = make(rule, Parameters<T>{w}, settings);
  std::vector<Vector> result;
  for (const Vector& g : gradients) {
    step(*optimizer, g);
    result.push_back(values(*w));
  }
  return result;
}

template <class T>
void momentum_0_is_sgd() {
  const std::size_t size = *rc::gen::inRange<std::size_t>(1, 40);
  const Vector start = draw_vector(size);
  const auto gradients = draw_gradients(size);
  const Settings common{{"lr", *between(0, 1)}, {"weight_decay", *between(0, 0.5)}};
  Settings without_past = common;
  without_past.push_back({"momentum", 0});
  const auto expected = iterates<T>("sgd", common, start, gradients);
  RC_ASSERT(iterates<T>("momentum", without_past, start, gradients) == expected);
  RC_ASSERT(iterates<T>("nesterov", without_past, start, gradients) == expected);
}
RC_GTEST_PROP(Momentum, Of0IsSgdBitForBitInFloat, ()) { momentum_0_is_sgd<float>(); }
RC_GTEST_PROP(Momentum, Of0IsSgdBitForBitInDouble, ()) { momentum_0_is_sgd<double>(); }

// w_t = w_0 - lr sum over i <= t of sum over j <= i of beta^(i - j) g_j.
RC_GTEST_PROP(Momentum, IsItsUnrolledSum, ()) {
  const Vector start = draw_vector(1);
  const auto gradients = draw_gradients(1);
  const double lr = *between(0, 1), beta = *between(0, 0.99);
  const auto w = iterates<double>("momentum", {{"lr", lr}, {"momentum", beta}}, start, gradients);
  double moved = 0, size = 1;
  for (std::size_t i = 0; i < gradients.size(); ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      const double term = lr * std::pow(beta, static_cast<double>(i - j)) * gradients[j][0];
      moved += term;
      size += std::abs(term);
    }
    RC_ASSERT(std::abs(w[i][0] - (start[0] - moved)) <= 1e-13 * (std::abs(start[0]) + size));
  }
}

// Under a constant gradient step t is lr (1 - beta^t) / (1 - beta) g: lr / (1 - beta) in the end.
RC_GTEST_PROP(Momentum, StepsByLrOverOneMinusBetaInTheEnd, ()) {
  const double lr = *between(1e-3, 1), beta = *between(0, 0.95), g = *between(-10, 10);
  const auto w = parameter<double>({0});
  const auto optimizer = make("momentum", Parameters<double>{w}, {{"lr", lr}, {"momentum", beta}});
  const double limit = lr / (1 - beta) * g;
  constexpr int steps = 600;  // 0.95^600 is 4e-14
  for (int t = 1; t <= steps; ++t) {
    w->value[0] = 0;
    step(*optimizer, Vector{g});
    RC_ASSERT(std::abs(-w->value[0] - limit * (1 - std::pow(beta, t))) <= 1e-12 * std::abs(limit));
  }
  RC_ASSERT(std::abs(-w->value[0] - limit) <= 1e-12 * std::abs(limit));
}

std::vector<Vector> scaled(std::vector<Vector> gradients, double by) {
  for (Vector& g : gradients)
    for (double& x : g) x *= by;
  return gradients;
}

Settings draw_adam(double eps) {
  return {{"lr", *between(1e-4, 1)},
          {"beta1", *between(0, 0.99)},
          {"beta2", *between(0, 0.9999)},
          {"eps", eps},
          {"amsgrad", *rc::gen::arbitrary<bool>()},
          {"bias_correction", *rc::gen::arbitrary<bool>()}};
}

/// Of sizes between 1/2 and 2, so that no divisor is near 0.
std::vector<Vector> draw_moderate_gradients() {
  std::vector<Vector> gradients(*rc::gen::inRange<std::size_t>(1, 21));
  for (Vector& g : gradients) g = {*between(0.5, 2) * (*rc::gen::arbitrary<bool>() ? 1 : -1)};
  return gradients;
}

RC_GTEST_PROP(Adam, WithoutEpsilonIgnoresAPowerOfTwoBeforeTheLossBitForBit, ()) {
  const auto gradients = draw_moderate_gradients();
  const double factor = std::ldexp(1, *rc::gen::inRange(-30, 31));
  const Settings settings = draw_adam(0);
  RC_ASSERT(iterates<double>("adam", settings, {1}, scaled(gradients, factor)) ==
            iterates<double>("adam", settings, {1}, gradients));
}

// With c f in the place of f, eps / c stands in the place of eps: no more than the share
// eps |1 - 1/c| / sqrt(v) of a step differs.
RC_GTEST_PROP(Adam, IgnoresAFactorBeforeTheLossUpToEpsilon, ()) {
  const auto gradients = draw_moderate_gradients();
  const double factor = std::pow(10, *between(-3, 3));
  const double eps = *rc::gen::element(0.0, 1e-8, 1e-6);
  Settings settings = draw_adam(eps);
  settings.push_back({"bias_correction", true});  // then 1/2 <= sqrt(v) and |m| <= 2
  const double lr = settings.front().value.number();
  const auto plain = iterates<double>("adam", settings, {1}, gradients);
  const auto other = iterates<double>("adam", settings, {1}, scaled(gradients, factor));
  const double allowed = 2 / 0.5 * (eps * std::abs(1 - 1 / factor) / 0.5 + 1e-12) * lr;
  for (std::size_t t = 0; t < plain.size(); ++t)
    RC_ASSERT(std::abs(plain[t][0] - other[t][0]) <= allowed * static_cast<double>(t + 1) + 1e-15);
}

// The averages of a constant, divided by what they lack at the start, are that constant.
RC_GTEST_PROP(Adam, StepsByItsRateUnderAConstantGradient, ()) {
  Settings settings = draw_adam(0);
  settings.push_back({"bias_correction", true});
  const double lr = settings.front().value.number();
  const double g = *between(1e-3, 10) * (*rc::gen::arbitrary<bool>() ? 1 : -1);
  const auto w = parameter<double>({0});
  const auto optimizer = make("adam", Parameters<double>{w}, settings);
  for (int t = 1; t <= 20; ++t) {
    w->value[0] = 0;
    step(*optimizer, Vector{g});
    RC_ASSERT(std::abs(w->value[0] + std::copysign(lr, g)) <= 1e-10 * lr);
  }
}

Vector permuted(const Vector& x, const std::vector<std::size_t>& order) {
  Vector result;
  for (const std::size_t i : order) result.push_back(x[i]);
  return result;
}

template <class T>
void permutations_permute() {
  const std::size_t size = *rc::gen::inRange<std::size_t>(1, 40);
  std::vector<std::size_t> order(size);
  for (std::size_t i = 0; i < size; ++i) order[i] = i;
  for (std::size_t i = size; i > 1; --i)
    std::swap(order[i - 1], order[*rc::gen::inRange<std::size_t>(0, i)]);
  const Vector start = draw_vector(size);
  const auto gradients = draw_gradients(size);
  std::vector<Vector> mixed;
  for (const Vector& g : gradients) mixed.push_back(permuted(g, order));
  for (const RuleInfo& rule : rules()) {
    if (rule.scope != Scope::element) continue;
    const Vector plain = iterates<T>(rule.about.name, {}, start, gradients).back();
    const Vector other = iterates<T>(rule.about.name, {}, permuted(start, order), mixed).back();
    if (other != permuted(plain, order)) RC_FAIL(std::string(rule.about.name));
  }
}
RC_GTEST_PROP(ElementwiseRules, DoNotSeeTheOrderOfElementsInFloat, ()) {
  permutations_permute<float>();
}
RC_GTEST_PROP(ElementwiseRules, DoNotSeeTheOrderOfElementsInDouble, ()) {
  permutations_permute<double>();
}

std::string draw_word(const std::string& letters) {
  return *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::elementOf(letters)));
}

/// Of any size and sign, but a number.
double draw_number() { return std::ldexp(*between(-1, 1), *rc::gen::inRange(-1000, 1000)); }

Value draw_value() {
  switch (*rc::gen::inRange(0, 4)) {
    case 0:
      return *rc::gen::arbitrary<bool>();
    case 1: {
      // One number alone is no list when it is read again.
      Vector list(*rc::gen::inRange<std::size_t>(2, 6));
      for (double& x : list) x = draw_number();
      return list;
    }
    default:
      return draw_number();
  }
}

/// The first value may come without a name, as in `step:30,gamma=0.1`.
Spec draw_spec() {
  Spec spec{.name = draw_word("abcxyz019_*.?[]"), .settings = {}};
  const std::size_t count = *rc::gen::inRange<std::size_t>(0, 5);
  for (std::size_t i = 0; i < count; ++i) {
    const bool named = i > 0 || *rc::gen::arbitrary<bool>();
    spec.settings.push_back({named ? draw_word("abcxyz019_") : "", draw_value()});
  }
  return spec;
}

RC_GTEST_PROP(Specs, AreReadAsTheyArePrinted, ()) {
  const Spec spec = draw_spec();
  RC_LOG() << text(spec);
  RC_ASSERT(parse_spec(text(spec)) == spec);
}

RC_GTEST_PROP(Specs, AreReadFromAListAsTheyArePrinted, ()) {
  std::vector<Spec> specs(*rc::gen::inRange<std::size_t>(1, 5));
  for (Spec& spec : specs) spec = draw_spec();
  RC_LOG() << joined(specs, ",");
  RC_ASSERT(parse_specs(joined(specs, ",")) == specs);
}

}  // namespace
}  // namespace ravine::optim::testing
