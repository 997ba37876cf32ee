// The rules that ravine brings, run with vectors: this file is compiled for each instruction set.
#include "ravine/optim/fused_update.hpp"
#include "ravine/tensor/lanes.hpp"
#include "ravine/tensor/simd.hpp"

namespace ravine::optim {
namespace {

/// Vectors from and to memory.
struct Whole {
  template <class T>
  lanes::Vector<T> load(const T* from) const {
    return lanes::load(from);
  }
  template <class T>
  void store(const lanes::Vector<T>& vector, T* to) const {
    vector.store_unaligned(to);
  }
  template <class V>
  V zero_beyond(const V& vector) const {
    return vector;
  }
};

/// The last elements of an array, fewer than a vector's. They pass through the same instructions
/// as the others, so that how parameters are cut into tensors cannot change a bit.
struct Rest {
  std::size_t count;

  template <class T>
  lanes::Vector<T> load(const T* from) const {
    return lanes::load_first(from, count);
  }
  template <class T>
  void store(const lanes::Vector<T>& vector, T* to) const {
    lanes::store_first(vector, to, count);
  }
  template <class V>
  V zero_beyond(const V& vector) const {
    return select(lanes::before<typename V::value_type>(count), vector, V(0));
  }
};

/// Calls `visit(i, memory)` for all vectors of an array, the first element of each being i.
template <class T, class Visit>
void each_vector(std::size_t size, const Visit& visit) {
  const std::size_t rest = size % lanes::width<T>;
  const std::size_t whole = size - rest;
  for (std::size_t i = 0; i < whole; i += lanes::width<T>) visit(i, Whole{});
  if (rest != 0) visit(whole, Rest{rest});
}

template <class Rule, class T>
void update_all(const Rule& rule, Step step, std::span<const Arrays<T>> parameters) {
  with_kept_slots(rule, [&]<SlotSet kept>(std::integral_constant<SlotSet, kept>) {
    const auto update = update_with_decay<T>(settled<kept>(rule), step);
    for (const Arrays<T>& arrays : parameters)
      each_vector<T>(arrays.size, [&](std::size_t i, const auto& memory) {
        update_at<Rule, kept>(update, arrays, i, memory);
      });
  });
}

template <class Rule, class T>
Squares prepare_all(const Rule& rule, Step step, const Arrays<T>& arrays) {
  using V = lanes::Vector<T>;
  V value(T(0)), direction(T(0));
  with_kept_slots(rule, [&]<SlotSet kept>(std::integral_constant<SlotSet, kept>) {
    const auto update = update_with_decay<T>(settled<kept>(rule), step);
    const auto towards = settled<kept>(rule).template direction<T>(step);
    each_vector<T>(arrays.size, [&](std::size_t i, const auto& memory) {
      const auto [w, r] = prepare_at<Rule, kept>(update, towards, arrays, i, memory);
      value += memory.zero_beyond(V(w * w));
      direction += memory.zero_beyond(V(r * r));
    });
  });
  return {.value = static_cast<double>(lanes::sum(value)),
          .direction = static_cast<double>(lanes::sum(direction))};
}

template <class Rule, class T>
void move_all(const Rule& rule, Step step, double rate, const Arrays<T>& arrays) {
  with_kept_slots(rule, [&]<SlotSet kept>(std::integral_constant<SlotSet, kept>) {
    const auto direction = settled<kept>(rule).template direction<T>(step);
    each_vector<T>(arrays.size, [&](std::size_t i, const auto& memory) {
      move_at<Rule, kept>(direction, T(rate), arrays, i, memory);
    });
  });
}

template <class Rule, class T>
constexpr FusedUpdate<Rule, T> loops() {
  if constexpr (ElementwiseRule<Rule>)
    return {update_all<Rule, T>};
  else if constexpr (LayerwiseRule<Rule>)
    return {prepare_all<Rule, T>, move_all<Rule, T>};
  else
    return {};
}

template <class... Rules>
constexpr FusedUpdates table(RuleList<Rules...>) {
  return {loops<Rules, float>()..., loops<Rules, double>()...};
}

constexpr FusedUpdates updates = table(BuiltinRules{});

}  // namespace

template <class Level>
const FusedUpdates& fused_updates_for() {
  return updates;
}

template const FusedUpdates& fused_updates_for<simd::RAVINE_SIMD_LEVEL>();

}  // namespace ravine::optim
