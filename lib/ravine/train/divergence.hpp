#pragma once

#include <cstddef>
#include <string>

#include "ravine/optim/optimizer.hpp"
#include "ravine/train/stepper.hpp"

// Why a run could not go on, in one line. Steps and epochs count from 1.

namespace ravine::train {

/// Of a step whose outcome is not finite.
std::string divergence(std::size_t epoch, std::size_t step, const StepOutcome& outcome,
                       const optim::Optimizer<float>& optimizer);

/// Of weights that are no longer finite; empty where they are. The last step of an epoch can spoil
/// them without another step that would notice.
std::string spoilt_weights(std::size_t epoch, std::size_t step,
                           const optim::Optimizer<float>& optimizer);

}  // namespace ravine::train
