#pragma once

#include "ravine/optim/common_fields.hpp"

namespace ravine::optim {

/// Gradient descent, called stochastic when the gradient is that of a batch.
struct Sgd {
  double lr = 0.01, momentum = 0, dampening = 0, weight_decay = 0;
  bool nesterov = false;

  static constexpr About about{
      .name = "sgd",
      .summary = "a step against the gradient",
      .formula =
          "v ← β v + (1 − τ) g            v ← g at t = 1 and where β = 0\n"
          "w ← w − lr v                   nesterov: w ← w − lr (g + β v)",
      .reference =
          "Robbins and Monro (1951), A Stochastic Approximation Method, Annals of "
          "Mathematical Statistics 22"};
  static constexpr Decay decay = Decay::coupled;
  static constexpr Slot<Sgd> slots[] = {{"v", &Sgd::momentum}};
  static constexpr Field<Sgd> fields[] = {
      lr_field(&Sgd::lr),
      momentum_field(&Sgd::momentum),
      {"dampening", &Sgd::dampening, share, "τ, what the velocity leaves out of each g"},
      weight_decay_field(&Sgd::weight_decay),
      {"nesterov", &Sgd::nesterov, "look one step ahead"}};

  template <class T>
  auto at(Step t) const {
    const double take = t == 1 || momentum == 0 ? 1 : 1 - dampening;
    return [lr = T(lr), beta = T(momentum), take = T(take), ahead = nesterov && momentum != 0](
               auto& w, auto g, auto& v) {
      v = beta * v + take * g;
      w -= lr * (ahead ? g + beta * v : v);
    };
  }
};

}  // namespace ravine::optim
