#pragma once

#include "ravine/optim/schedules/common_fields.hpp"
#include "ravine/optim/schedules/moment.hpp"

namespace ravine::optim {

/// A rise to the base rate. The first step has a share of it, not 0, so that no step is idle; the
/// last has all of it.
struct Warmup {
  double steps = 0;

  static constexpr About about{
      .name = "warmup",
      .summary = "the rate rises in equal steps to its full value",
      .formula = "lr(t) = lr (t + 1) / steps",
      .reference =
          "Goyal et al. (2017), Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour, "
          "arXiv:1706.02677, section 2.2"};
  static constexpr auto length = &Warmup::steps;
  static constexpr Field<Warmup> fields[] = {steps_field(&Warmup::steps)};

  double at(double base, Moment now) const { return base * fraction(now.t + 1, now.length); }
};

}  // namespace ravine::optim
