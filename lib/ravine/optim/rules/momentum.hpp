#pragma once

#include "ravine/optim/common_fields.hpp"

namespace ravine::optim {

/// Polyak's heavy ball, with the learning rate outside the velocity as in PyTorch.
struct Momentum {
  double lr = 0.01, momentum = 0.9, weight_decay = 0;

  static constexpr About about{
      .name = "momentum",
      .summary = "a step along a decaying sum of the gradients so far",
      .formula =
          "v ← β v + g\n"
          "w ← w − lr v",
      .reference =
          "Polyak (1964), Some methods of speeding up the convergence of iteration "
          "methods, USSR Computational Mathematics and Mathematical Physics 4"};
  static constexpr Decay decay = Decay::coupled;
  static constexpr Slot<Momentum> slots[] = {{"v"}};
  static constexpr Field<Momentum> fields[] = {
      lr_field(&Momentum::lr), momentum_field(&Momentum::momentum).tuned_in(tuned_momentum),
      weight_decay_field(&Momentum::weight_decay)};

  template <class T>
  auto at(Step) const {
    return [lr = T(lr), beta = T(momentum)](auto& w, auto g, auto& v) {
      v = beta * v + g;
      w -= lr * v;
    };
  }
};

}  // namespace ravine::optim
