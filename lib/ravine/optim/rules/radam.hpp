#pragma once

#include "ravine/optim/common_fields.hpp"
#include "ravine/optim/terms.hpp"

namespace ravine::optim {

/// Adam that trusts its divisor only once that has seen enough gradients: Liu et al. (2020),
/// algorithm 2, with PyTorch's threshold of 5 for ρ and its ε beside the root of v itself.
struct RAdam {
  double lr = 1e-3, beta1 = 0.9, beta2 = 0.999, eps = 1e-8, weight_decay = 0;

  static constexpr About about{
      "radam", "adam that starts as momentum, until its mean square has little variance",
      "m ← β₁ m + (1 − β₁) g        m̂ = m / (1 − β₁ᵗ)\n"
      "v ← β₂ v + (1 − β₂) g²       ρ∞ = 2 / (1 − β₂) − 1,  ρ = ρ∞ − 2 t β₂ᵗ / (1 − β₂ᵗ)\n"
      "w ← w − lr m̂                                  ρ ≤ 5\n"
      "w ← w − lr r m̂ √(1 − β₂ᵗ) / (√v + ε)          ρ > 5\n"
      "r² = (ρ − 4) (ρ − 2) ρ∞ / ((ρ∞ − 4) (ρ∞ − 2) ρ)",
      "Liu et al. (2020), On the Variance of the Adaptive Learning Rate and Beyond, ICLR"};
  static constexpr Decay decay = Decay::coupled;
  static constexpr Slot<RAdam> slots[] = {{"m"}, {"v"}};
  static constexpr auto fields =
      table(lr_field(&RAdam::lr), beta1_field(&RAdam::beta1), beta2_field(&RAdam::beta2),
            eps_field(&RAdam::eps), weight_decay_field(&RAdam::weight_decay));

  /// The share of its length that a step divided by √v̂ may have; 0 before it may be divided.
  double rectification(Step step) const {
    const auto t = static_cast<double>(step);
    const double most = 2 / (1 - beta2) - 1;  // ρ∞
    const double rho = most - 2 * t * std::pow(beta2, t) / lack(beta2, step);
    if (rho <= 5) return 0;
    return std::sqrt((rho - 4) * (rho - 2) * most / ((most - 4) * (most - 2) * rho));
  }

  template <class T>
  auto at(Step t) const {
    const double r = rectification(t);
    const double rate = lr * (r > 0 ? r * std::sqrt(lack(beta2, t)) : 1);
    return [mean = Average<T>(beta1), square = Average<T>(beta2), root = Root<T>(eps),
            lacking = T(lack(beta1, t)), inverse_rate = T(1 / rate),
            rectified = r > 0](auto& w, auto g, auto& m, auto& v) {
      m = mean(m, g);
      v = square(v, g * g);
      // Quotients, which no compiler contracts: where PyTorch lands on 0, so does this.
      const auto step = m / lacking / inverse_rate;
      w -= rectified ? step / root(v) : step;
    };
  }
};

}  // namespace ravine::optim
