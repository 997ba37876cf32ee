#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

#include "ravine/optim/rule.hpp"

namespace ravine::optim {

/// What an update of one parameter reads and writes: arrays of `size` elements.
template <class T>
struct Arrays {
  T* value = nullptr;
  const T* grad = nullptr;
  std::array<T*, max_slots> state{};  ///< by the rule's slots; null where not kept
  std::size_t size = 0;

  /// Whether `next` starts where this ends, in every array.
  bool continued_by(const Arrays& next) const {
    bool adjacent = next.value == value + size && next.grad == grad + size;
    for (std::size_t slot = 0; slot < max_slots; ++slot)
      adjacent = adjacent && (state[slot] == nullptr || next.state[slot] == state[slot] + size);
    return adjacent;
  }
  Arrays piece(std::size_t begin, std::size_t piece_size) const {
    Arrays piece{.value = value + begin, .grad = grad + begin, .state = state, .size = piece_size};
    for (T*& array : piece.state)
      if (array != nullptr) array += begin;
    return piece;
  }
};

/// The rule's update at a step with its weight decay before it, as a function like that of
/// `at<T>(step)`.
template <class T, HasUpdate Rule>
auto update_with_decay(const Rule& rule, Step step) {
  auto update = rule.template at<T>(step);
  if constexpr (DecaysInGradient<Rule>) {
    return [update, decay = T(rule.weight_decay)](auto& w, auto g, auto&... state) {
      // The same for all elements; without it, 0 times an infinite parameter would be NaN.
      if (decay != 0) g += decay * w;
      update(w, g, state...);
    };
  } else if constexpr (DecaysBeside<Rule>) {
    return [update, decay = T(rule.lr * rule.weight_decay)](auto& w, auto g, auto&... state) {
      if (decay != 0) w -= decay * w;
      update(w, g, state...);
    };
  } else {
    return update;
  }
}

/// A set of slots: bit s for slot s.
using SlotSet = std::size_t;

constexpr bool has(SlotSet slots, std::size_t slot) { return (slots >> slot & 1) != 0; }

/// Calls `visit` with the slots that the rule keeps, as an integral constant: what is not kept
/// costs nothing in the update's loop.
template <UpdateRule Rule, std::size_t slot = 0, SlotSet kept = 0, class Visit>
void with_kept_slots(const Rule& rule, Visit visit) {
  if constexpr (slot == slot_count<Rule>) {
    visit(std::integral_constant<SlotSet, kept>());
  } else {
    if constexpr (!Rule::slots[slot].always_kept())
      if (!Rule::slots[slot].kept(rule)) return with_kept_slots<Rule, slot + 1, kept>(rule, visit);
    with_kept_slots<Rule, slot + 1, kept | (SlotSet{1} << slot)>(rule, visit);
  }
}

/// The rule with what is known of it where those slots are kept: a flag that keeps one is set, and
/// a field without which one is not kept is 0. It changes no value; written as constants, they let
/// the compiler drop what the loop does not need.
template <SlotSet kept, UpdateRule Rule>
Rule settled(Rule rule) {
  const auto settle = [&]<std::size_t slot>(std::integral_constant<std::size_t, slot>) {
    constexpr Switch<Rule> field = Rule::slots[slot].kept_with;
    if constexpr (field.flag != nullptr)
      rule.*field.flag = has(kept, slot);
    else if constexpr (field.number != nullptr && !has(kept, slot))
      rule.*field.number = 0;
  };
  [&]<std::size_t... slot>(std::index_sequence<slot...>) {
    (settle(std::integral_constant<std::size_t, slot>()), ...);
  }
  (std::make_index_sequence<slot_count<Rule>>());
  return rule;
}

/// Elements from and to memory, one at a time. Vectors of them are for fused_update.simd.cpp.
struct Single {
  template <class T>
  T load(const T* from) const {
    return *from;
  }
  template <class T>
  void store(T value, T* to) const {
    *to = value;
  }
};

/// The state of what `memory` holds from element i on, 0 for a slot that is not kept.
template <class Rule, SlotSet kept, class T, class Memory>
auto load_state(const Arrays<T>& arrays, std::size_t i, const Memory& memory) {
  using V = decltype(memory.load(arrays.grad));
  return [&]<std::size_t... slot>(std::index_sequence<slot...>) {
    return std::array<V, sizeof...(slot)>{has(kept, slot) ? V(memory.load(arrays.state[slot] + i))
                                                          : V(T(0))...};
  }
  (std::make_index_sequence<slot_count<Rule>>());
}

template <SlotSet kept, class V, std::size_t slots, class T, class Memory>
void store_state(const std::array<V, slots>& state, const Arrays<T>& arrays, std::size_t i,
                 const Memory& memory) {
  for (std::size_t slot = 0; slot < slots; ++slot)
    if (has(kept, slot)) memory.store(state[slot], arrays.state[slot] + i);
}

/// Updates what `memory` holds from element i on.
template <class Rule, SlotSet kept, class T, class Update, class Memory>
void update_at(const Update& update, const Arrays<T>& arrays, std::size_t i, const Memory& memory) {
  auto w = memory.load(arrays.value + i);
  const auto g = memory.load(arrays.grad + i);
  auto state = load_state<Rule, kept>(arrays, i, memory);
  std::apply([&](auto&... slots) { update(w, g, slots...); }, state);
  memory.store(w, arrays.value + i);
  store_state<kept>(state, arrays, i, memory);
}

/// Updates every element of every parameter by a plain loop, for a rule that ravine does not bring.
template <class T, ElementwiseRule Rule>
void update_each(const Rule& rule, Step step, std::span<const Arrays<T>> parameters) {
  with_kept_slots(rule, [&]<SlotSet kept>(std::integral_constant<SlotSet, kept>) {
    const auto update = update_with_decay<T>(rule, step);
    for (const Arrays<T>& arrays : parameters)
      for (std::size_t i = 0; i < arrays.size; ++i)
        update_at<Rule, kept>(update, arrays, i, Single{});
  });
}

}  // namespace ravine::optim
