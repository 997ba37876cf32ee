#pragma once

#include <span>
#include <vector>

#include "ravine/optim/optimizer.hpp"

namespace ravine::lab {

/// The direction of an optimizer's next step, in which its one parameter [n] sees these gradients,
/// [n]: what the step subtracts, divided by the learning rate, which is above 0. It starts at
/// w = 0, so that no digit is lost to w, and a weight decay adds nothing.
std::vector<double> next_direction(optim::Optimizer<double>& optimizer,
                                   std::span<const double> gradients);

}  // namespace ravine::lab
