#pragma once

#include "ravine/optim/common_fields.hpp"
#include "ravine/optim/terms.hpp"

namespace ravine::optim {

/// Adaptive moment estimation: Kingma and Ba (2015), algorithm 1; amsgrad: Reddi et al. (2018).
struct Adam {
  double lr = 1e-3, beta1 = 0.9, beta2 = 0.999, eps = 1e-8, weight_decay = 0;
  bool amsgrad = false, second_moment = true, bias_correction = true, eps_inside_root = false;

  static constexpr About about{
      "adam", "momentum over the root of the gradient's mean square, both averages unbiased",
      "m ← β₁ m + (1 − β₁) g        m̂ = m / (1 − β₁ᵗ)\n"
      "v ← β₂ v + (1 − β₂) g²       v̂ = v / (1 − β₂ᵗ)      amsgrad: of the largest v so far\n"
      "w ← w − lr m̂ / (√v̂ + ε)",
      "Kingma and Ba (2015), Adam: A Method for Stochastic Optimization, ICLR"};
  static constexpr Decay decay = Decay::coupled;
  static constexpr Slot<Adam> slots[] = {
      {"m"}, {"v", &Adam::second_moment}, {"v_max", &Adam::amsgrad}};
  static constexpr auto fields = table(
      lr_field(&Adam::lr), beta1_field(&Adam::beta1), beta2_field(&Adam::beta2),
      eps_field(&Adam::eps), weight_decay_field(&Adam::weight_decay), amsgrad_field(&Adam::amsgrad),
      second_moment_field(&Adam::second_moment), bias_correction_field(&Adam::bias_correction),
      eps_inside_root_field(&Adam::eps_inside_root));

  template <class T>
  auto at(Step t) const {
    return [mean = Average<T>(beta1), square = Average<T>(beta2), *this,
            a = T(lr / lack(beta1, t, bias_correction)), c = T(1 / lack(beta2, t, bias_correction)),
            root = Root<T>(eps, eps_inside_root)](auto& w, auto g, auto& m, auto& v, auto& v_max) {
      m = mean(m, g);
      v = square(v, g * g);
      v_max = max(v_max, v);
      w -= second_moment ? a * m / root(c * (amsgrad ? v_max : v)) : a * m;
    };
  }
};

}  // namespace ravine::optim
