#pragma once

#include <concepts>
#include <variant>

#include "ravine/optim/schedules/constant.hpp"
#include "ravine/optim/schedules/cosine.hpp"
#include "ravine/optim/schedules/cosine_restarts.hpp"
#include "ravine/optim/schedules/exponential.hpp"
#include "ravine/optim/schedules/inverse_sqrt.hpp"
#include "ravine/optim/schedules/linear.hpp"
#include "ravine/optim/schedules/multi_step.hpp"
#include "ravine/optim/schedules/one_cycle.hpp"
#include "ravine/optim/schedules/plateau.hpp"
#include "ravine/optim/schedules/polynomial.hpp"
#include "ravine/optim/schedules/step_decay.hpp"
#include "ravine/optim/schedules/warmup.hpp"

namespace ravine::optim {

/// One schedule of those that come with ravine, simple before complex. A row here is all that a
/// schedule's file needs besides.
// clang-format off
using AnySchedule = std::variant<
    Constant,
    Warmup,
    Linear,
    StepDecay,
    MultiStep,
    Exponential,
    Polynomial,
    InverseSqrt,
    Cosine,
    CosineRestarts,
    OneCycle,
    Plateau>;
// clang-format on

/// A schedule is an aggregate of settings with `about` and `fields` as a rule has them, and a
/// function of the base rate and the time.
template <class S>
concept LearningRateSchedule = HasFields<S> && requires(const S schedule, Moment now) {
  { schedule.at(0.1, now) } -> std::same_as<double>;
};

/// It can end before the run does: `length` is the field that says when; at 0 it does not. The
/// field is its first, so that a spec gives it without a name.
template <class S>
concept HasLength = requires {
  S::length;
};

/// It moves the momentum, too.
template <class S>
concept CyclesMomentum = requires(const S schedule, Moment now) {
  schedule.cycle_momentum;
  schedule.momentum_at(now);
};

/// It listens to the validation loss; the numbers it keeps of that stand in the table `running`.
template <class S>
concept ObservesLoss = requires(S schedule, double loss) {
  schedule.observe(loss);
  S::running[0];
};

}  // namespace ravine::optim
