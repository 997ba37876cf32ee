#pragma once

#include "ravine/optim/field.hpp"
#include "ravine/optim/terms.hpp"

namespace ravine::optim {

/// Adaptive moment estimation: Kingma and Ba (2015), algorithm 1.
struct Adam {
  double lr = 1e-3, beta1 = 0.9, beta2 = 0.999, eps = 1e-8, weight_decay = 0;
  bool bias_correction = true, eps_inside_root = false;

  static constexpr About about{
      .name = "adam",
      .summary = "momentum over the root of the gradient's mean square, both averages unbiased",
      .formula =
          "m ← β₁ m + (1 − β₁) g        m̂ = m / (1 − β₁ᵗ)\n"
          "v ← β₂ v + (1 − β₂) g²       v̂ = v / (1 − β₂ᵗ)\n"
          "w ← w − lr m̂ / (√v̂ + ε)      ε inside the root: √(v̂ + ε)",
      .reference = "Kingma and Ba (2015), Adam: A Method for Stochastic Optimization, ICLR"};
  static constexpr Decay decay = Decay::coupled;
  static constexpr std::array slots{"m", "v"};
  static constexpr Field<Adam> fields[] = {
      learning_rate_field(&Adam::lr),
      {"beta1", &Adam::beta1, below_one, "β₁, what the mean of g keeps each step"},
      {"beta2", &Adam::beta2, below_one, "β₂, what the mean of g² keeps each step"},
      {"eps", &Adam::eps, non_negative, "ε, keeps the divisor from 0"},
      weight_decay_field(&Adam::weight_decay),
      {"bias_correction", &Adam::bias_correction, "m̂ and v̂; without it, m and v themselves"},
      {"eps_inside_root", &Adam::eps_inside_root, "√(v̂ + ε) instead of √v̂ + ε"}};

  template <class T>
  auto at(Step t) const {
    const double m_unbiased = bias_correction ? 1 / (1 - std::pow(beta1, t)) : 1;
    const double v_unbiased = bias_correction ? 1 / (1 - std::pow(beta2, t)) : 1;
    return [mean = Average<T>(beta1), square = Average<T>(beta2), a = T(lr * m_unbiased),
            c = T(v_unbiased),
            root = Root<T>(eps, eps_inside_root)](auto& w, auto g, auto& m, auto& v) {
      m = mean(m, g);
      v = square(v, g * g);
      w -= a * m / root(c * v);
    };
  }
};

}  // namespace ravine::optim
