#pragma once

#include "ravine/optim/schedules/common_fields.hpp"
#include "ravine/optim/schedules/half_cosine.hpp"
#include "ravine/optim/schedules/moment.hpp"

namespace ravine::optim {

/// From the base rate down to the smallest, where it stays; PyTorch's CosineAnnealingLR, the same
/// up to there, rises again after T_max.
struct Cosine {
  double steps = 0, min_lr = 0;

  static constexpr About about{
      .name = "cosine",
      .summary = "the rate falls along half a cosine, slowly at both ends",
      .formula = "lr(t) = min_lr + (lr − min_lr) (1 + cos(π t / steps)) / 2",
      .reference =
          "Loshchilov and Hutter (2017), SGDR: Stochastic Gradient Descent with Warm Restarts, "
          "ICLR, equation 5"};
  static constexpr auto length = &Cosine::steps;
  static constexpr Field<Cosine> fields[] = {steps_field(&Cosine::steps, "T_max"),
                                             min_lr_field(&Cosine::min_lr)};

  double at(double base, Moment now) const {
    return half_cosine(base, min_lr, fraction(now.t, now.length));
  }
};

}  // namespace ravine::optim
