#pragma once

#include "ravine/optim/common_fields.hpp"
#include "ravine/optim/terms.hpp"

namespace ravine::optim {

/// A step of fixed length along each coordinate: Chen et al. (2023), program 1.
struct Lion {
  double lr = 1e-4, beta1 = 0.9, beta2 = 0.99, weight_decay = 0;

  static constexpr About about{
      "lion", "the sign of a momentum that leans towards the newest gradient",
      "w ← w − lr sign(β₁ m + (1 − β₁) g)\n"
      "m ← β₂ m + (1 − β₂) g",
      "Chen et al. (2023), Symbolic Discovery of Optimization Algorithms, NeurIPS"};
  static constexpr Decay decay = Decay::decoupled;
  static constexpr Slot<Lion> slots[] = {{"m"}};
  static constexpr auto fields =
      table(lr_field(&Lion::lr), beta1_field(&Lion::beta1, "β₁, the share of m in the step's sign"),
            beta2_field(&Lion::beta2, "β₂, what m, the mean of g, keeps each step"),
            weight_decay_field(&Lion::weight_decay));

  template <class T>
  auto at(Step) const {
    return
        [lr = T(lr), lean = Average<T>(beta1), mean = Average<T>(beta2)](auto& w, auto g, auto& m) {
          w -= lr * sign(lean(m, g));
          m = mean(m, g);
        };
  }
};

}  // namespace ravine::optim
