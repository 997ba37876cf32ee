#pragma once

#include "ravine/optim/common_fields.hpp"
#include "ravine/optim/terms.hpp"

namespace ravine::optim {

/// Adam's direction at a length in proportion to the tensor's own norm, layer by layer: You et al.
/// (2020), algorithm 2 of version 5, with φ the identity.
struct Lamb {
  double lr = 1e-3, beta1 = 0.9, beta2 = 0.999, eps = 1e-6, weight_decay = 0;

  static constexpr About about{
      "lamb", "adam's direction, as long as lr times the norm of the tensor it moves",
      "m ← β₁ m + (1 − β₁) g        m̂ = m / (1 − β₁ᵗ)\n"
      "v ← β₂ v + (1 − β₂) g²       v̂ = v / (1 − β₂ᵗ)\n"
      "r = m̂ / (√v̂ + ε) + λ w\n"
      "w ← w − lr ‖w‖ / ‖r‖ · r     norms by tensor; their ratio is 1 where one of them is 0",
      "You et al. (2020), Large Batch Optimization for Deep Learning: Training BERT in 76 minutes, "
      "ICLR"};
  static constexpr Decay decay = Decay::own;
  static constexpr Slot<Lamb> slots[] = {{"m"}, {"v"}};
  static constexpr auto fields =
      table(lr_field(&Lamb::lr), beta1_field(&Lamb::beta1), beta2_field(&Lamb::beta2),
            eps_field(&Lamb::eps), weight_decay_field(&Lamb::weight_decay));

  template <class T>
  auto at(Step) const {
    return [mean = Average<T>(beta1), square = Average<T>(beta2)](auto&, auto g, auto& m, auto& v) {
      m = mean(m, g);
      v = square(v, g * g);
    };
  }
  template <class T>
  auto direction(Step t) const {
    return [a = T(1 / lack(beta1, t)), c = T(1 / lack(beta2, t)), root = Root<T>(eps),
            decay = T(weight_decay)](auto w, auto m, auto v) {
      return a * m / root(c * v) + decay * w;
    };
  }
  double rate(double norm_w, double norm_r) const {
    return norm_w > 0 && norm_r > 0 ? lr * norm_w / norm_r : lr;
  }
};

}  // namespace ravine::optim
