#pragma once

#include <string>

#include "ravine/report/lab/descent.hpp"

namespace ravine::report {

/// What `ravine lab trajectory --json` prints of one optimizer: all steps.
std::string trajectory_json(const Descent& descent);
/// And of several.
std::string trajectories_json(const Descent& descent);

}  // namespace ravine::report
