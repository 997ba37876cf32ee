#pragma once

#include "ravine/optim/schedules/common_fields.hpp"
#include "ravine/optim/schedules/moment.hpp"

namespace ravine::optim {

/// The base rate times a factor. With a length, it makes way for the next schedule then; PyTorch's
/// ConstantLR, which goes back to the base rate by itself, is `constant:5,factor=0.5+constant`.
struct Constant {
  double steps = 0, factor = 1;

  static constexpr About about{.name = "constant",
                               .summary = "one rate throughout",
                               .formula = "lr(t) = factor lr",
                               .reference =
                                   "Bottou, Curtis and Nocedal (2018), Optimization Methods for "
                                   "Large-Scale Machine Learning, SIAM Review 60, theorem 4.6"};
  static constexpr auto length = &Constant::steps;
  static constexpr Field<Constant> fields[] = {
      steps_field(&Constant::steps),
      factor_field(&Constant::factor, non_negative, "share of the base rate")};

  double at(double base, Moment) const { return factor * base; }
};

}  // namespace ravine::optim
