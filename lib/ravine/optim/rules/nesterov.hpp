#pragma once

#include "ravine/optim/common_fields.hpp"

namespace ravine::optim {

/// Nesterov's accelerated gradient in the form of Sutskever et al. (2013), written, as PyTorch
/// does, for the point looked ahead to, so that the gradient is taken where the parameters are.
struct Nesterov {
  double lr = 0.01, momentum = 0.9, weight_decay = 0;

  static constexpr About about{
      .name = "nesterov",
      .summary = "momentum that looks one step ahead",
      .formula =
          "v ← β v + g\n"
          "w ← w − lr (g + β v)",
      .reference =
          "Nesterov (1983), A method for solving the convex programming problem with "
          "convergence rate O(1/k²), Doklady AN SSSR 269; Sutskever et al. (2013), On the "
          "importance of initialization and momentum in deep learning, ICML"};
  static constexpr Decay decay = Decay::coupled;
  static constexpr Slot<Nesterov> slots[] = {{"v"}};
  static constexpr Field<Nesterov> fields[] = {
      lr_field(&Nesterov::lr), momentum_field(&Nesterov::momentum).tuned_in(tuned_momentum),
      weight_decay_field(&Nesterov::weight_decay)};

  template <class T>
  auto at(Step) const {
    return [lr = T(lr), beta = T(momentum)](auto& w, auto g, auto& v) {
      v = beta * v + g;
      w -= lr * (g + beta * v);
    };
  }
};

}  // namespace ravine::optim
