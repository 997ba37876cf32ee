#pragma once

#include <array>
#include <cstddef>
#include <tuple>
#include <type_traits>

#include "ravine/optim/update.hpp"

// The two passes of a layerwise rule over a tensor. The direction is worked out in each anew, from
// the state that the first has left: an array for it would cost more than the arithmetic.

namespace ravine::optim {

/// Sums of squares, of a tensor and of the direction in which it moves.
struct Squares {
  double value = 0, direction = 0;

  Squares& operator+=(const Squares& other) {
    value += other.value;
    direction += other.direction;
    return *this;
  }
};

/// The first pass at what `memory` holds from element i on: the state is brought up to date.
/// Returns the value and its direction.
template <class Rule, SlotSet kept, class T, class Update, class Direction, class Memory>
auto prepare_at(const Update& update, const Direction& direction, const Arrays<T>& arrays,
                std::size_t i, const Memory& memory) {
  auto w = memory.load(arrays.value + i);
  const auto g = memory.load(arrays.grad + i);
  auto state = load_state<Rule, kept>(arrays, i, memory);
  std::apply([&](auto&... slots) { update(w, g, slots...); }, state);
  store_state<kept>(state, arrays, i, memory);
  if constexpr (DecaysBeside<Rule>) memory.store(w, arrays.value + i);
  const auto r = std::apply([&](auto&... slots) { return direction(w, slots...); }, state);
  return std::array{w, decltype(w)(r)};
}

/// The second pass: the value moves by -rate times its direction.
template <class Rule, SlotSet kept, class T, class Direction, class Memory>
void move_at(const Direction& direction, T rate, const Arrays<T>& arrays, std::size_t i,
             const Memory& memory) {
  auto w = memory.load(arrays.value + i);
  const auto state = load_state<Rule, kept>(arrays, i, memory);
  w -= rate * std::apply([&](auto&... slots) { return direction(w, slots...); }, state);
  memory.store(w, arrays.value + i);
}

/// Both passes by plain loops, for a rule that ravine does not bring.
template <class T, LayerwiseRule Rule>
Squares prepare_each(const Rule& rule, Step step, const Arrays<T>& arrays) {
  Squares squares;
  with_kept_slots(rule, [&]<SlotSet kept>(std::integral_constant<SlotSet, kept>) {
    const auto update = update_with_decay<T>(rule, step);
    const auto direction = rule.template direction<T>(step);
    for (std::size_t i = 0; i < arrays.size; ++i) {
      const auto [w, r] = prepare_at<Rule, kept>(update, direction, arrays, i, Single{});
      squares += {.value = static_cast<double>(w) * w, .direction = static_cast<double>(r) * r};
    }
  });
  return squares;
}
template <class T, LayerwiseRule Rule>
void move_each(const Rule& rule, Step step, double rate, const Arrays<T>& arrays) {
  with_kept_slots(rule, [&]<SlotSet kept>(std::integral_constant<SlotSet, kept>) {
    const auto direction = rule.template direction<T>(step);
    for (std::size_t i = 0; i < arrays.size; ++i)
      move_at<Rule, kept>(direction, T(rate), arrays, i, Single{});
  });
}

}  // namespace ravine::optim
