#pragma once

#include <cmath>

#include "ravine/optim/schedules/common_fields.hpp"
#include "ravine/optim/schedules/moment.hpp"

namespace ravine::optim {

/// A fall by the root of the time. After a warm-up of as many steps it is that of the Transformer:
/// `warmup:4000+inverse_sqrt:4000`.
struct InverseSqrt {
  double steps = 1;

  static constexpr About about{
      .name = "inverse_sqrt",
      .summary = "the rate falls by the root of the time, with no end",
      .formula = "lr(t) = lr / √(1 + t / steps)",
      .reference = "Vaswani et al. (2017), Attention Is All You Need, NeurIPS, equation 3"};
  static constexpr Field<InverseSqrt> fields[] = {
      {"steps", &InverseSqrt::steps, count, "time after which the rate is 1 / √2 of its base"}};

  double at(double base, Moment now) const { return base / std::sqrt(1 + now.t / steps); }
};

}  // namespace ravine::optim
