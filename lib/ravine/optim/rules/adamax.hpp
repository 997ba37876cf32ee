#pragma once

#include "ravine/optim/common_fields.hpp"
#include "ravine/optim/terms.hpp"

namespace ravine::optim {

/// Adam with the largest gradient in the mean square's place: Kingma and Ba (2015), algorithm 2;
/// ε, which the paper does without, is where PyTorch has it.
struct Adamax {
  double lr = 2e-3, beta1 = 0.9, beta2 = 0.999, eps = 1e-8, weight_decay = 0;

  static constexpr About about{
      "adamax", "momentum over the largest recent gradient",
      "m ← β₁ m + (1 − β₁) g        m̂ = m / (1 − β₁ᵗ)\n"
      "u ← max(β₂ u, |g| + ε)\n"
      "w ← w − lr m̂ / u",
      "Kingma and Ba (2015), Adam: A Method for Stochastic Optimization, ICLR, section 7.1"};
  static constexpr Decay decay = Decay::coupled;
  static constexpr Slot<Adamax> slots[] = {{"m"}, {"u"}};
  static constexpr auto fields =
      table(lr_field(&Adamax::lr), beta1_field(&Adamax::beta1),
            beta2_field(&Adamax::beta2, "β₂, what the largest |g| keeps each step"),
            eps_field(&Adamax::eps), weight_decay_field(&Adamax::weight_decay));

  template <class T>
  auto at(Step t) const {
    return [mean = Average<T>(beta1), keep = T(beta2), eps = T(eps), rate = T(lr / lack(beta1, t))](
               auto& w, auto g, auto& m, auto& u) {
      using V = decltype(g);
      m = mean(m, g);
      u = max(V(keep * u), V(abs(g) + eps));
      w -= rate * m / u;
    };
  }
};

}  // namespace ravine::optim
