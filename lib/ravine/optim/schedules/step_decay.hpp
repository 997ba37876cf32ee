#pragma once

#include <cmath>

#include "ravine/optim/schedules/common_fields.hpp"
#include "ravine/optim/schedules/moment.hpp"

namespace ravine::optim {

/// A drop after every so many steps: PyTorch's StepLR.
struct StepDecay {
  double size = 30, gamma = 0.1;

  static constexpr About about{.name = "step",
                               .summary = "the rate drops by a factor at regular intervals",
                               .formula = "lr(t) = lr γ^⌊t / size⌋",
                               .reference =
                                   "Ge et al. (2019), The Step Decay Schedule: A Near "
                                   "Optimal, Geometrically Decaying Learning Rate Procedure "
                                   "For Least Squares, NeurIPS"};
  static constexpr Field<StepDecay> fields[] = {
      {"size", &StepDecay::size, count, "time from one drop to the next", "step_size"},
      gamma_field(&StepDecay::gamma)};

  double at(double base, Moment now) const {
    return base * std::pow(gamma, std::floor(now.t / size));
  }
};

}  // namespace ravine::optim
