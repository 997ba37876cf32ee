#pragma once

#include "ravine/optim/as_adam.hpp"

namespace ravine::optim {

/// Adam with the weight decay beside its averages: Loshchilov and Hutter (2019), algorithm 2, the
/// decay times the learning rate as in PyTorch.
struct AdamW {
  double lr = 1e-3, beta1 = 0.9, beta2 = 0.999, eps = 1e-8, weight_decay = 0.01;
  bool amsgrad = false, bias_correction = true, eps_inside_root = false;

  static constexpr About about{
      "adamw", "adam with the weight decay beside the update, not in the gradient",
      "m ← β₁ m + (1 − β₁) g        m̂ = m / (1 − β₁ᵗ)\n"
      "v ← β₂ v + (1 − β₂) g²       v̂ = v / (1 − β₂ᵗ)      amsgrad: of the largest v so far\n"
      "w ← w − lr m̂ / (√v̂ + ε)",
      "Loshchilov and Hutter (2019), Decoupled Weight Decay Regularization, ICLR"};
  static constexpr Decay decay = Decay::decoupled;
  static constexpr Slot<AdamW> slots[] = {{"m"}, {"v"}, {"v_max", &AdamW::amsgrad}};
  static constexpr auto fields =
      table(lr_field(&AdamW::lr), beta1_field(&AdamW::beta1), beta2_field(&AdamW::beta2),
            eps_field(&AdamW::eps), weight_decay_field(&AdamW::weight_decay),
            amsgrad_field(&AdamW::amsgrad), bias_correction_field(&AdamW::bias_correction),
            eps_inside_root_field(&AdamW::eps_inside_root));

  template <class T>
  auto at(Step t) const {
    return as_adam(*this, amsgrad).template at<T>(t);
  }
};

}  // namespace ravine::optim
