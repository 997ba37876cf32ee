#pragma once

#include "ravine/optim/as_adam.hpp"

namespace ravine::optim {

/// Adam whose divisor never shrinks: Reddi et al. (2018), algorithm 2. The bias correction is
/// PyTorch's; the paper has none.
struct AmsGrad {
  double lr = 1e-3, beta1 = 0.9, beta2 = 0.999, eps = 1e-8, weight_decay = 0;
  bool bias_correction = true, eps_inside_root = false;

  static constexpr About about{
      "amsgrad", "adam with the largest mean square so far, so that steps cannot grow again",
      "m ← β₁ m + (1 − β₁) g        m̂ = m / (1 − β₁ᵗ)\n"
      "v ← β₂ v + (1 − β₂) g²\n"
      "v_max ← max(v_max, v)        v̂ = v_max / (1 − β₂ᵗ)\n"
      "w ← w − lr m̂ / (√v̂ + ε)",
      "Reddi, Kale and Kumar (2018), On the Convergence of Adam and Beyond, ICLR"};
  static constexpr Decay decay = Decay::coupled;
  static constexpr Slot<AmsGrad> slots[] = {{"m"}, {"v"}, {"v_max"}};
  static constexpr auto fields =
      table(lr_field(&AmsGrad::lr), beta1_field(&AmsGrad::beta1), beta2_field(&AmsGrad::beta2),
            eps_field(&AmsGrad::eps), weight_decay_field(&AmsGrad::weight_decay),
            bias_correction_field(&AmsGrad::bias_correction,
                                  "false: m̂ = m and v̂ = v_max, as the paper has it"),
            eps_inside_root_field(&AmsGrad::eps_inside_root));

  template <class T>
  auto at(Step t) const {
    return as_adam(*this, true).template at<T>(t);
  }
};

}  // namespace ravine::optim
