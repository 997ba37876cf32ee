#pragma once

#include <string>

#include "ravine/optim/group.hpp"
#include "ravine/train/fit.hpp"

namespace ravine::report {

/// What a run does besides its rule, as in "group *.bias:weight_decay=0; schedule warmup:50+cosine
/// by the step; gradient norm at most 1"; empty where nothing is set.
std::string around_text(const optim::Groups& groups, const train::FitOptions& fit);
/// What makes a step: "batches of 32", or "4 batches of 32" with accumulate.
std::string batches_text(const train::FitOptions& fit);

}  // namespace ravine::report
