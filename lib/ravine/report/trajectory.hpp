#pragma once

#include <string>

#include "ravine/lab/trajectory.hpp"

namespace ravine::report {

/// A descent on a function, as it was asked for.
struct Descent {
  std::string function;
  lab::TrajectoryOptions options;
  lab::Trajectory trajectory;
};

/// Some twenty of the steps, evenly spread, the first and the last among them.
std::string trajectory_text(const Descent& descent);
/// What `ravine lab trajectory --json` prints: all steps.
std::string trajectory_json(const Descent& descent);

}  // namespace ravine::report
