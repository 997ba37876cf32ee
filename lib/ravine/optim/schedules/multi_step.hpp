#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "ravine/optim/schedules/common_fields.hpp"
#include "ravine/optim/schedules/moment.hpp"

namespace ravine::optim {

/// A drop at each of the times named: PyTorch's MultiStepLR.
struct MultiStep {
  std::vector<double> milestones = {30, 60, 90};
  double gamma = 0.1;

  static constexpr About about{.name = "multistep",
                               .summary = "the rate drops by a factor at the times named",
                               .formula = "lr(t) = lr γ^n        n = how many milestones ≤ t",
                               .reference =
                                   "He et al. (2016), Deep Residual Learning for Image "
                                   "Recognition, CVPR, section 4.2"};
  static constexpr bool has_lists = true;
  static constexpr Field<MultiStep> fields[] = {
      {"milestones", &MultiStep::milestones, count, "times of the drops, as in 30/60/90"},
      gamma_field(&MultiStep::gamma)};

  double at(double base, Moment now) const {
    const auto passed =
        std::ranges::count_if(milestones, [&](double milestone) { return milestone <= now.t; });
    return base * std::pow(gamma, static_cast<double>(passed));
  }
};

}  // namespace ravine::optim
