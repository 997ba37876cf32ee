#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <utility>

#include "ravine/optim/rule.hpp"

namespace ravine::optim {

/// What an update of one parameter reads and writes: arrays of `size` elements.
template <class T>
struct Arrays {
  T* value = nullptr;
  const T* grad = nullptr;
  std::array<T*, max_slots> state{};  ///< by the rule's slots; the rest are null
  std::size_t size = 0;

  /// Whether `next` starts where this ends, in every array.
  bool continued_by(const Arrays& next, std::size_t slots) const {
    bool adjacent = next.value == value + size && next.grad == grad + size;
    for (std::size_t slot = 0; slot < slots; ++slot)
      adjacent = adjacent && next.state[slot] == state[slot] + size;
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
template <class T, ElementwiseRule Rule>
auto update_with_decay(const Rule& rule, Step step) {
  auto update = rule.template at<T>(step);
  if constexpr (!HasWeightDecay<Rule>) {
    return update;
  } else if constexpr (Rule::decay == Decay::coupled) {
    return [update, decay = T(rule.weight_decay)](auto& w, auto g, auto&... state) {
      // The same for all elements; without it, 0 times an infinite parameter would be NaN.
      if (decay != 0) g += decay * w;
      update(w, g, state...);
    };
  } else {
    return [update, decay = T(rule.lr * rule.weight_decay)](auto& w, auto g, auto&... state) {
      if (decay != 0) w -= decay * w;
      update(w, g, state...);
    };
  }
}

/// Updates every element of every parameter by a plain loop, for a rule that ravine does not bring.
template <class T, ElementwiseRule Rule>
void update_each(const Rule& rule, Step step, std::span<const Arrays<T>> parameters) {
  const auto update = update_with_decay<T>(rule, step);
  const auto update_element = [&]<std::size_t... slot>(const Arrays<T>& a, std::size_t i,
                                                       std::index_sequence<slot...>) {
    update(a.value[i], a.grad[i], a.state[slot][i]...);
  };
  for (const Arrays<T>& arrays : parameters)
    for (std::size_t i = 0; i < arrays.size; ++i)
      update_element(arrays, i, std::make_index_sequence<Rule::slots.size()>());
}

}  // namespace ravine::optim
