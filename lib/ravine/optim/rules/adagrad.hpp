#pragma once

#include "ravine/optim/common_fields.hpp"
#include "ravine/optim/terms.hpp"

namespace ravine::optim {

/// Steps that shrink where gradients were large: Duchi et al. (2011), the diagonal form of
/// figure 1.
struct Adagrad {
  double lr = 0.01, lr_decay = 0, eps = 1e-10, initial_accumulator_value = 0, weight_decay = 0;

  static constexpr About about{
      "adagrad", "the gradient over the root of the sum of all its squares so far",
      "s ← s + g²\n"
      "w ← w − lr / (1 + (t − 1) η) · g / (√s + ε)",
      "Duchi, Hazan and Singer (2011), Adaptive Subgradient Methods for Online Learning and "
      "Stochastic Optimization, JMLR 12"};
  static constexpr Decay decay = Decay::coupled;
  static constexpr Slot<Adagrad> slots[] = {{"s", {}, &Adagrad::initial_accumulator_value}};
  static constexpr Field<Adagrad> fields[] = {
      lr_field(&Adagrad::lr),
      {"lr_decay", &Adagrad::lr_decay, non_negative, "η, how fast the learning rate falls"},
      eps_field(&Adagrad::eps),
      initial_accumulator_field(&Adagrad::initial_accumulator_value, "s at the start"),
      weight_decay_field(&Adagrad::weight_decay)};

  template <class T>
  auto at(Step t) const {
    const double rate = lr / (1 + static_cast<double>(t - 1) * lr_decay);
    return [rate = T(rate), root = Root<T>(eps)](auto& w, auto g, auto& s) {
      s += g * g;
      w -= rate * g / root(s);
    };
  }
};

}  // namespace ravine::optim
