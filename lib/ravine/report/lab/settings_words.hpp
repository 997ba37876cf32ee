#pragma once

#include <string>

#include "ravine/lab/momentum_matrix.hpp"

namespace ravine::report {

/// `gradient descent at learning rate 0.02`, `momentum 0.67 at learning rate 0.033`.
std::string words_of(const lab::MomentumSettings& settings);

}  // namespace ravine::report
