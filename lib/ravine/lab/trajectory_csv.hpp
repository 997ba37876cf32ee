#pragma once

#include <string>

#include "ravine/lab/trajectory.hpp"

namespace ravine::lab {

/// The trajectory as CSV: the header `step,w1,...,wn,f`, then a row a point; 17 significant digits,
/// from which a double reads back as it was.
std::string csv(const Trajectory& trajectory);

}  // namespace ravine::lab
