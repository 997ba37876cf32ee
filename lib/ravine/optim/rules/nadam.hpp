#pragma once

#include "ravine/optim/common_fields.hpp"
#include "ravine/optim/terms.hpp"

namespace ravine::optim {

/// Adam that looks one step ahead: Dozat (2016), algorithm 2 with the momentum's schedule of its
/// section 3, as PyTorch 1.13 has it. There the product of the μ up to the step ahead holds μₜ
/// twice; later versions hold it once.
struct NAdam {
  double lr = 2e-3, beta1 = 0.9, beta2 = 0.999, eps = 1e-8, weight_decay = 0, momentum_decay = 4e-3;
  double mu_product = 1;

  static constexpr About about{
      "nadam", "adam with Nesterov's look ahead, its momentum growing to β₁",
      "μₜ = β₁ (1 − ½ 0.96^(t ψ))       Π ← μₜ Π, from 1\n"
      "m ← β₁ m + (1 − β₁) g            m̂ = μₜ₊₁ m / (1 − Π μₜ μₜ₊₁) + (1 − μₜ) g / (1 − Π)\n"
      "v ← β₂ v + (1 − β₂) g²           v̂ = v / (1 − β₂ᵗ)\n"
      "w ← w − lr m̂ / (√v̂ + ε)",
      "Dozat (2016), Incorporating Nesterov Momentum into Adam, ICLR workshop"};
  static constexpr Decay decay = Decay::coupled;
  static constexpr Slot<NAdam> slots[] = {{"m"}, {"v"}};
  static constexpr Field<NAdam> fields[] = {lr_field(&NAdam::lr),
                                            beta1_field(&NAdam::beta1),
                                            beta2_field(&NAdam::beta2),
                                            eps_field(&NAdam::eps),
                                            weight_decay_field(&NAdam::weight_decay),
                                            {"momentum_decay", &NAdam::momentum_decay, non_negative,
                                             "ψ, how fast the momentum grows from β₁/2 to β₁"}};
  static constexpr Field<NAdam> running[] = {
      {"mu_product", &NAdam::mu_product, share, "Π, the product of the momenta so far"}};

  double mu(Step t) const {
    return beta1 * (1 - 0.5 * std::pow(0.96, static_cast<double>(t) * momentum_decay));
  }
  void advance(Step t) { mu_product *= mu(t); }

  template <class T>
  auto at(Step t) const {
    const double now = (1 - mu(t)) / (1 - mu_product);
    const double ahead = mu(t + 1) / (1 - mu_product * mu(t) * mu(t + 1));
    return [mean = Average<T>(beta1), square = Average<T>(beta2), root = Root<T>(eps),
            c = T(1 / lack(beta2, t)), now = T(lr * now),
            ahead = T(lr * ahead)](auto& w, auto g, auto& m, auto& v) {
      m = mean(m, g);
      v = square(v, g * g);
      w -= (ahead * m + now * g) / root(c * v);
    };
  }
};

}  // namespace ravine::optim
