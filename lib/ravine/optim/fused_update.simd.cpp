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
};

template <class Rule, class T>
void update_all(const Rule& rule, Step step, std::span<const Arrays<T>> parameters) {
  with_kept_slots(rule, [&]<SlotSet kept>(std::integral_constant<SlotSet, kept>) {
    using V = lanes::Vector<T>;
    const auto update = update_with_decay<T>(rule, step);
    const auto update_vector = [&]<std::size_t... slot>(
        const Arrays<T>& a, std::size_t i, const auto& memory, std::index_sequence<slot...>) {
      V w = memory.load(a.value + i);
      std::array<V, sizeof...(slot)> state{has(kept, slot) ? V(memory.load(a.state[slot] + i))
                                                           : V(T(0))...};
      update(w, memory.load(a.grad + i), state[slot]...);
      memory.store(w, a.value + i);
      ((has(kept, slot) ? memory.store(state[slot], a.state[slot] + i) : void()), ...);
    };

    constexpr auto slots = std::make_index_sequence<slot_count<Rule>>();
    for (const Arrays<T>& arrays : parameters) {
      const std::size_t rest = arrays.size % V::size;
      const std::size_t whole = arrays.size - rest;
      for (std::size_t i = 0; i < whole; i += V::size) update_vector(arrays, i, Whole{}, slots);
      if (rest != 0) update_vector(arrays, whole, Rest{rest}, slots);
    }
  });
}

template <class... Rules>
constexpr FusedUpdates table(RuleList<Rules...>) {
  return {update_all<Rules, float>..., update_all<Rules, double>...};
}

constexpr FusedUpdates updates = table(BuiltinRules{});

}  // namespace

template <class Level>
const FusedUpdates& fused_updates_for() {
  return updates;
}

template const FusedUpdates& fused_updates_for<simd::RAVINE_SIMD_LEVEL>();

}  // namespace ravine::optim
