#pragma once

#include <cmath>

#include "ravine/optim/schedules/common_fields.hpp"
#include "ravine/optim/schedules/moment.hpp"

namespace ravine::optim {

/// The same factor every step: PyTorch's ExponentialLR.
struct Exponential {
  double gamma = 0.95;

  static constexpr About about{.name = "exponential",
                               .summary = "the rate is multiplied by a factor every step",
                               .formula = "lr(t) = lr γᵗ",
                               .reference =
                                   "Li and Arora (2020), An Exponential Learning Rate Schedule "
                                   "for Deep Learning, ICLR"};
  static constexpr Field<Exponential> fields[] = {gamma_field(&Exponential::gamma)};

  double at(double base, Moment now) const { return base * std::pow(gamma, now.t); }
};

}  // namespace ravine::optim
