#pragma once

#include "ravine/optim/common_fields.hpp"
#include "ravine/optim/terms.hpp"

namespace ravine::optim {

/// Adam whose mean square moves by no more than a share of g²: Zaheer et al. (2018), algorithm 2.
/// Like the paper, and unlike several libraries, it corrects no bias unless it is told to.
struct Yogi {
  double lr = 0.01, beta1 = 0.9, beta2 = 0.999, eps = 1e-3, initial_accumulator_value = 1e-6,
         weight_decay = 0;
  bool bias_correction = false;

  static constexpr About about{
      "yogi", "adam whose divisor changes slowly both ways, so that steps cannot grow suddenly",
      "m ← β₁ m + (1 − β₁) g                  m̂ = m         bias_correction: m / (1 − β₁ᵗ)\n"
      "v ← v − (1 − β₂) sign(v − g²) g²       v̂ = v         bias_correction: v / (1 − β₂ᵗ)\n"
      "w ← w − lr m̂ / (√v̂ + ε)",
      "Zaheer et al. (2018), Adaptive Methods for Nonconvex Optimization, NeurIPS"};
  static constexpr Decay decay = Decay::coupled;
  static constexpr Slot<Yogi> slots[] = {{"m"}, {"v", {}, &Yogi::initial_accumulator_value}};
  static constexpr auto fields =
      table(lr_field(&Yogi::lr), beta1_field(&Yogi::beta1),
            beta2_field(&Yogi::beta2, "β₂, 1 − β₂ is the share of g² by which v moves each step"),
            eps_field(&Yogi::eps),
            initial_accumulator_field(&Yogi::initial_accumulator_value, "v at the start"),
            weight_decay_field(&Yogi::weight_decay),
            bias_correction_field(&Yogi::bias_correction, "divide m and v by 1 − βᵗ"));

  template <class T>
  auto at(Step t) const {
    return [mean = Average<T>(beta1), take = T(1 - beta2), root = Root<T>(eps),
            a = T(lr / lack(beta1, t, bias_correction)),
            c = T(1 / lack(beta2, t, bias_correction))](auto& w, auto g, auto& m, auto& v) {
      using V = decltype(g);
      const V square = g * g;
      m = mean(m, g);
      v -= take * sign(V(v - square)) * square;
      w -= a * m / root(c * v);
    };
  }
};

}  // namespace ravine::optim
