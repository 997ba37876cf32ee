#pragma once

#include <cmath>

#include "ravine/optim/schedules/common_fields.hpp"
#include "ravine/optim/schedules/half_cosine.hpp"
#include "ravine/optim/schedules/moment.hpp"

namespace ravine::optim {

/// A cosine that starts again, perhaps longer each time: PyTorch's CosineAnnealingWarmRestarts.
struct CosineRestarts {
  double period = 10, growth = 1, min_lr = 0;

  static constexpr About about{
      .name = "cosine_restarts",
      .summary = "the rate falls along half a cosine, then jumps back, again and again",
      .formula =
          "lr(t) = min_lr + (lr − min_lr) (1 + cos(π s / pᵢ)) / 2\n"
          "s = t since restart i        p₀ = period, pᵢ₊₁ = growth pᵢ",
      .reference =
          "Loshchilov and Hutter (2017), SGDR: Stochastic Gradient Descent with Warm Restarts, "
          "ICLR"};
  static constexpr Field<CosineRestarts> fields[] = {
      {"period", &CosineRestarts::period, count, "time to the first restart", "T_0"},
      {"growth", &CosineRestarts::growth, count, "how much longer each period is than the last",
       "T_mult"},
      min_lr_field(&CosineRestarts::min_lr)};

  double at(double base, Moment now) const {
    double since = now.t;
    double this_period = period;
    if (growth == 1) since = std::fmod(since, period);
    while (since >= this_period) {
      since -= this_period;
      this_period *= growth;
    }
    return half_cosine(base, min_lr, since / this_period);
  }
};

}  // namespace ravine::optim
