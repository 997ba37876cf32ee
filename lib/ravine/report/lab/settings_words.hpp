#pragma once

#include <string>

#include "ravine/lab/momentum_matrix.hpp"

namespace ravine::report {

/// `gradient descent at learning rate 0.02`, `momentum 0.67 at learning rate 0.033`.
std::string words_of(const lab::MomentumSettings& settings);

/// A factor that an error shrinks or grows by, for which 1 stands only where it is 1: `0.9802`,
/// `1−2e-06`.
std::string factor_text(double factor);

}  // namespace ravine::report
