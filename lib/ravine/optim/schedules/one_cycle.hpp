#pragma once

#include "ravine/optim/schedules/common_fields.hpp"
#include "ravine/optim/schedules/half_cosine.hpp"
#include "ravine/optim/schedules/moment.hpp"

namespace ravine::optim {

/// Up and down once, the momentum against it: PyTorch's OneCycleLR with its two phases of cosines.
/// Its last step, at steps − 1, has the smallest rate.
struct OneCycle {
  double steps = 0, max_lr = 0, pct_start = 0.3, div_factor = 25, final_div_factor = 1e4,
         base_momentum = 0.85, max_momentum = 0.95;
  bool cycle_momentum = true;

  static constexpr About about{
      .name = "one_cycle",
      .summary = "the rate rises and falls once, the momentum falls and rises",
      .formula =
          "lr(t): max_lr / div_factor ↗ max_lr ↘ max_lr / (div_factor final_div_factor)\n"
          "β(t): max_momentum ↘ base_momentum ↗ max_momentum\n"
          "each along half a cosine, turning at t = pct_start steps − 1",
      .reference =
          "Smith and Topin (2019), Super-Convergence: Very Fast Training of Neural Networks Using "
          "Large Learning Rates, SPIE 11006"};
  static constexpr auto length = &OneCycle::steps;
  static constexpr Field<OneCycle> fields[] = {
      steps_field(&OneCycle::steps, "total_steps"),
      {"max_lr", &OneCycle::max_lr, non_negative, "the largest rate; 0: the base rate"},
      {"pct_start", &OneCycle::pct_start, share, "share of the time in which the rate rises"},
      {"div_factor", &OneCycle::div_factor, positive, "largest rate / first rate"},
      {"final_div_factor", &OneCycle::final_div_factor, positive, "first rate / last rate"},
      {"base_momentum", &OneCycle::base_momentum, below_one, "β where the rate is largest"},
      {"max_momentum", &OneCycle::max_momentum, below_one, "β at the first and the last step"},
      {"cycle_momentum", &OneCycle::cycle_momentum,
       "false: leave the momentum alone, as one of 0 is"}};

  double at(double base, Moment now) const {
    const double largest = max_lr == 0 ? base : max_lr;
    const double first = largest / div_factor;
    return cycled(now, first, largest, first / final_div_factor);
  }
  double momentum_at(Moment now) const {
    return cycled(now, max_momentum, base_momentum, max_momentum);
  }

 private:
  double cycled(Moment now, double first, double peak, double last) const {
    const double turn = pct_start * now.length - 1;
    if (turn > 0 && now.t <= turn) return half_cosine(first, peak, now.t / turn);
    return half_cosine(peak, last, fraction(now.t - turn, now.length - 1 - turn));
  }
};

}  // namespace ravine::optim
