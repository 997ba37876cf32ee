#pragma once

#include "ravine/optim/field.hpp"

// Rows that several schedules share, under PyTorch's names as well.

namespace ravine::optim {

/// The length of a schedule that has one.
template <class Schedule>
constexpr Field<Schedule> steps_field(double Schedule::*member,
                                      std::string_view alias = "total_iters") {
  return {"steps", member, count_or_none, "how long it lasts; 0: the rest of the run", alias};
}
template <class Schedule>
constexpr Field<Schedule> gamma_field(double Schedule::*member) {
  return {"gamma", member, positive, "γ, what the rate is multiplied by each time"};
}
template <class Schedule>
constexpr Field<Schedule> factor_field(double Schedule::*member, Range range,
                                       std::string_view help) {
  return {"factor", member, range, help};
}
template <class Schedule>
constexpr Field<Schedule> min_lr_field(double Schedule::*member) {
  return {"min_lr", member, non_negative, "the smallest rate", "eta_min"};
}

}  // namespace ravine::optim
