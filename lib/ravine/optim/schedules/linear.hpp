#pragma once

#include "ravine/optim/schedules/common_fields.hpp"
#include "ravine/optim/schedules/moment.hpp"

namespace ravine::optim {

/// A straight line between two shares of the base rate: PyTorch's LinearLR.
struct Linear {
  double steps = 0, start_factor = 1.0 / 3, end_factor = 1;

  static constexpr About about{
      .name = "linear",
      .summary = "the rate goes straight from one share of its base to another",
      .formula = "lr(t) = lr (start_factor + (end_factor − start_factor) t / steps)",
      .reference =
          "Goyal et al. (2017), Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour, "
          "arXiv:1706.02677"};
  static constexpr auto length = &Linear::steps;
  static constexpr Field<Linear> fields[] = {
      steps_field(&Linear::steps),
      {"start_factor", &Linear::start_factor, non_negative, "share of the base rate at first"},
      {"end_factor", &Linear::end_factor, non_negative, "share of the base rate in the end"}};

  double at(double base, Moment now) const {
    return base * (start_factor + (end_factor - start_factor) * fraction(now.t, now.length));
  }
};

}  // namespace ravine::optim
