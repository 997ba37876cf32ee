#pragma once

#include "ravine/optim/common_fields.hpp"
#include "ravine/optim/terms.hpp"

namespace ravine::optim {

/// Resilient propagation, iRprop−: the sign of the gradient alone counts, each coordinate has a
/// step of its own, and after a change of sign it waits: Igel and Hüsken (2000). For the gradient
/// of all examples; noise changes signs.
struct Rprop {
  double lr = 0.01, eta_minus = 0.5, eta_plus = 1.2, step_min = 1e-6, step_max = 50;

  static constexpr About about{
      "rprop", "a step for each coordinate that grows while the gradient's sign stays",
      "Δ ← η₊ Δ                   g p > 0, p the gradient before, Δ = lr at the start\n"
      "Δ ← η₋ Δ,  g ← 0           g p < 0\n"
      "Δ ← min(max(Δ, Δ_min), Δ_max)\n"
      "w ← w − Δ sign(g),  p ← g",
      "Riedmiller and Braun (1993), A Direct Adaptive Method for Faster Backpropagation Learning: "
      "The RPROP Algorithm, ICNN; Igel and Hüsken (2000), Improving the Rprop Learning Algorithm"};
  static constexpr Slot<Rprop> slots[] = {{"p"}, {"delta", {}, &Rprop::lr}};
  static constexpr Field<Rprop> fields[] = {
      lr_field(&Rprop::lr, "length of the first step, of no effect later"),
      {"eta_minus",
       &Rprop::eta_minus,
       {.high = 1, .has_low = false},
       "η₋, shrinks the step where the sign changed"},
      {"eta_plus",
       &Rprop::eta_plus,
       {.low = 1, .has_low = false},
       "η₊, grows the step where the sign stayed"},
      {"step_min", &Rprop::step_min, non_negative, "Δ_min, the shortest step"},
      {"step_max", &Rprop::step_max, non_negative, "Δ_max, the longest step"}};

  template <class T>
  auto at(Step) const {
    return [minus = T(eta_minus), plus = T(eta_plus), shortest = T(step_min),
            longest = T(step_max)](auto& w, auto g, auto& p, auto& delta) {
      using V = decltype(g);
      const V agreement = g * p;
      const auto turned = agreement < V(0);
      const V factor = select(turned, V(minus), select(agreement > V(0), V(plus), V(1)));
      delta = min(max(V(delta * factor), V(shortest)), V(longest));
      p = select(turned, V(0), g);
      w -= delta * sign(p);
    };
  }
};

}  // namespace ravine::optim
