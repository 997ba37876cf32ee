#pragma once

#include "ravine/optim/common_fields.hpp"
#include "ravine/optim/terms.hpp"

namespace ravine::optim {

/// Steps in the parameter's own units: Zeiler (2012), algorithm 1.
struct Adadelta {
  double lr = 1, rho = 0.9, eps = 1e-6, weight_decay = 0;

  static constexpr About about{
      "adadelta", "the gradient times the root mean square of past steps over that of gradients",
      "s ← ρ s + (1 − ρ) g²\n"
      "Δ ← √(d + ε) / √(s + ε) · g\n"
      "d ← ρ d + (1 − ρ) Δ²\n"
      "w ← w − lr Δ",
      "Zeiler (2012), ADADELTA: An Adaptive Learning Rate Method, arXiv:1212.5701"};
  static constexpr Decay decay = Decay::coupled;
  static constexpr Slot<Adadelta> slots[] = {{"s"}, {"d"}};
  static constexpr Field<Adadelta> fields[] = {
      lr_field(&Adadelta::lr, "learning rate; the paper has none, that is 1"),
      Field<Adadelta>("rho", &Adadelta::rho, below_one,
                      "ρ, what the means of g² and Δ² keep each step")
          .tuned_in(tuned_squares),
      eps_field(&Adadelta::eps, "ε under both roots; sets the length of the first steps"),
      weight_decay_field(&Adadelta::weight_decay)};

  template <class T>
  auto at(Step) const {
    return [lr = T(lr), square = Average<T>(rho), rms = Root<T>(eps, true)](auto& w, auto g,
                                                                            auto& s, auto& d) {
      s = square(s, g * g);
      const auto delta = rms(d) / rms(s) * g;
      d = square(d, delta * delta);
      w -= lr * delta;
    };
  }
};

}  // namespace ravine::optim
