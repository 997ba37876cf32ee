#pragma once

#include "ravine/optim/field.hpp"

namespace ravine::optim {

/// Gradient descent, called stochastic when the gradient is that of a batch.
struct Sgd {
  double lr = 0.01, weight_decay = 0;

  static constexpr About about{.name = "sgd",
                               .summary = "a step against the gradient",
                               .formula = "w ← w − lr g",
                               .reference =
                                   "Robbins and Monro (1951), A Stochastic Approximation Method, "
                                   "Annals of Mathematical Statistics 22"};
  static constexpr Decay decay = Decay::coupled;
  static constexpr std::array<const char*, 0> slots{};
  static constexpr Field<Sgd> fields[] = {learning_rate_field(&Sgd::lr),
                                          weight_decay_field(&Sgd::weight_decay)};

  template <class T>
  auto at(Step) const {
    return [lr = T(lr)](auto& w, auto g) { w -= lr * g; };
  }
};

}  // namespace ravine::optim
