#pragma once

#include "ravine/optim/common_fields.hpp"
#include "ravine/optim/terms.hpp"

namespace ravine::optim {

/// Adam that divides by how far gradients fall from their mean: Zhuang et al. (2020), algorithm 2,
/// with ε in s and beside its root as there. Of the paper's two ways of weight decay this is the
/// decoupled one.
struct AdaBelief {
  double lr = 1e-3, beta1 = 0.9, beta2 = 0.999, eps = 1e-16, weight_decay = 0;

  static constexpr About about{
      "adabelief", "momentum over the gradient's deviation from it: long steps where they agree",
      "m ← β₁ m + (1 − β₁) g                  m̂ = m / (1 − β₁ᵗ)\n"
      "s ← β₂ s + (1 − β₂) (g − m)² + ε       ŝ = s / (1 − β₂ᵗ)\n"
      "w ← w − lr m̂ / (√ŝ + ε)",
      "Zhuang et al. (2020), AdaBelief Optimizer: Adapting Stepsizes by the Belief in Observed "
      "Gradients, NeurIPS"};
  static constexpr Decay decay = Decay::decoupled;
  static constexpr Slot<AdaBelief> slots[] = {{"m"}, {"s"}};
  static constexpr auto fields =
      table(lr_field(&AdaBelief::lr), beta1_field(&AdaBelief::beta1),
            beta2_field(&AdaBelief::beta2, "β₂, what the mean of (g − m)² keeps each step"),
            eps_field(&AdaBelief::eps, "ε, keeps s and the divisor from 0"),
            weight_decay_field(&AdaBelief::weight_decay));

  template <class T>
  auto at(Step t) const {
    return
        [mean = Average<T>(beta1), square = Average<T>(beta2), root = Root<T>(eps), eps = T(eps),
         a = T(lr / lack(beta1, t)), c = T(1 / lack(beta2, t))](auto& w, auto g, auto& m, auto& s) {
          m = mean(m, g);
          s = square(s, (g - m) * (g - m)) + eps;
          w -= a * m / root(c * s);
        };
  }
};

}  // namespace ravine::optim
