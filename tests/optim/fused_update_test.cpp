// The variants of the vectorised updates against the plain loop, at each level that this processor
// has.
#include "ravine/optim/fused_update.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "ravine/tensor/simd.hpp"
#include "support/simd_levels.hpp"

namespace ravine::optim::testing {
namespace {

constexpr std::size_t size = 53;

/// A parameter with its gradient and state, and one guard element behind each array.
template <class T>
struct Buffers {
  std::vector<std::vector<T>> arrays = std::vector<std::vector<T>>(2 + max_slots);

  Buffers() {
    for (std::size_t a = 0; a < arrays.size(); ++a)
      for (std::size_t i = 0; i <= size; ++i)
        arrays[a].push_back(T(low(a) + (high(a) - low(a)) * scattered(a, i)));
  }
  /// Values and gradients have either sign; of the state, a mean square must not be negative, nor
  /// less than a mean squared.
  static double low(std::size_t a) { return a == 0 ? -1 : a == 1 ? -6 : 0.4; }
  static double high(std::size_t a) { return a == 0 ? 1 : a == 1 ? 6 : 0.6; }
  /// In [0, 1).
  static double scattered(std::size_t a, std::size_t i) {
    return std::fmod(0.618 * double(i + 1) + 0.3 * double(a), 1.0);
  }
  Arrays<T> view() {
    Arrays<T> view{.value = arrays[0].data(), .grad = arrays[1].data(), .state = {}, .size = size};
    for (std::size_t slot = 0; slot < max_slots; ++slot) view.state[slot] = arrays[2 + slot].data();
    return view;
  }
};

/// Takes three steps with some loops, and returns the norms that a layerwise rule measured.
template <class Rule, class T>
std::vector<double> take_steps(const FusedUpdate<Rule, T>& loops, Rule rule, Buffers<T>& buffers) {
  std::vector<double> norms;
  for (Step t = 1; t <= 3; ++t) {
    if constexpr (HasRunning<Rule>) rule.advance(t);
    const Arrays<T> view = buffers.view();
    if constexpr (LayerwiseRule<Rule>) {
      const Squares squares = loops.prepare(rule, t, view);
      norms.insert(norms.end(), {squares.value, squares.direction});
      loops.move(rule, t, 0.01, view);
    } else {
      loops.update(rule, t, {&view, 1});
    }
  }
  return norms;
}

template <class Rule, class T>
FusedUpdate<Rule, T> plain_loops() {
  if constexpr (LayerwiseRule<Rule>)
    return {prepare_each<T, Rule>, move_each<T, Rule>};
  else
    return {update_each<T, Rule>};
}

template <class Level, class Rule, class T>
void agrees_with_the_plain_loop(const Rule& rule) {
  Buffers<T> fused, plain;
  const auto fused_norms =
      take_steps(std::get<FusedUpdate<Rule, T>>(fused_updates_for<Level>()), rule, fused);
  const auto plain_norms = take_steps(plain_loops<Rule, T>(), rule, plain);
  const double tolerance = 20 * double(std::numeric_limits<T>::epsilon());
  for (std::size_t a = 0; a < fused.arrays.size(); ++a)
    for (std::size_t i = 0; i <= size; ++i)
      EXPECT_NEAR(fused.arrays[a][i], plain.arrays[a][i],
                  tolerance * std::max(1.0, std::abs(double(plain.arrays[a][i]))))
          << Rule::about.name << " at " << Level::name << ", array " << a << ", element " << i;
  // The plain loop does not touch the guards; the fused one must not either.
  for (std::size_t a = 0; a < fused.arrays.size(); ++a)
    EXPECT_EQ(fused.arrays[a][size], plain.arrays[a][size]);
  for (std::size_t i = 0; i < fused_norms.size(); ++i)
    EXPECT_NEAR(fused_norms[i], plain_norms[i], tolerance * plain_norms[i]) << Rule::about.name;
}

/// The rule with its defaults and with each number that is 0, or flag, by itself the other way:
/// with decay, in every branch, and with every optional slot; and with all of them at once.
template <class Rule>
std::vector<Rule> variants() {
  std::vector<Rule> result(1);
  Rule all;
  for (const Field<Rule>& row : Rule::fields) {
    Rule one;
    const Value value = row.of(one);
    if (value.is_flag())
      row.assign(one, !value.flag());
    else if (value.number() == 0)
      row.assign(one, 0.1);
    else
      continue;
    row.assign(all, row.of(one));
    result.push_back(one);
  }
  result.push_back(all);
  return result;
}

template <class Level, class Rule>
void rule_agrees() {
  if constexpr (HasUpdate<Rule>)
    for (const Rule& rule : variants<Rule>()) {
      agrees_with_the_plain_loop<Level, Rule, float>(rule);
      agrees_with_the_plain_loop<Level, Rule, double>(rule);
    }
}

template <class Level, class... Rules>
void every_rule_agrees(RuleList<Rules...>) {
  (rule_agrees<Level, Rules>(), ...);
}

template <class Rule>
void some_variant_keeps_each_slot() {
  if constexpr (slot_count<Rule> != 0) {
    for (const Slot<Rule>& slot : Rule::slots) {
      const auto keeps = [&](const Rule& rule) { return slot.kept(rule); };
      EXPECT_TRUE(std::ranges::any_of(variants<Rule>(), keeps))
          << Rule::about.name << ": " << slot.name;
    }
  }
}

TEST(FusedUpdate, IsTestedWithEverySlotKept) {
  []<class... Rules>(RuleList<Rules...>) {
    (some_variant_keeps_each_slot<Rules>(), ...);
  }(BuiltinRules{});
}

TEST(FusedUpdate, EveryLevelAgreesWithThePlainLoop) {
  test::for_each_level([](auto level) { every_rule_agrees<decltype(level)>(BuiltinRules{}); });
}

TEST(FusedUpdate, RunsTheLevelThatWasChosen) {
  const FusedUpdates& chosen = fused_updates();
#ifdef RAVINE_SIMD_VARIANTS
  if (simd::level() == simd::Level::avx512)
    EXPECT_EQ(&chosen, &fused_updates_for<simd::Avx512>());
  else if (simd::level() == simd::Level::avx2)
    EXPECT_EQ(&chosen, &fused_updates_for<simd::Avx2>());
  else
#endif
    EXPECT_EQ(&chosen, &fused_updates_for<simd::Baseline>());
}

}  // namespace
}  // namespace ravine::optim::testing
