#pragma once

#include "ravine/lab/momentum_matrix.hpp"
#include "ravine/optim/spec.hpp"

namespace ravine::lab {

/// The learning rate and the momentum by their names in registered rules.
optim::Settings rule_settings(const MomentumSettings& settings);

/// The registered rule that is run with these settings, and its own: `sgd` with its momentum.
optim::Spec descent_settings(const MomentumSettings& settings);

}  // namespace ravine::lab
