#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ravine/lab/surfaces.hpp"
#include "ravine/lab/trajectory.hpp"
#include "ravine/optim/spec.hpp"

namespace ravine::report {

struct DescentRun {
  optim::Spec optimizer;
  lab::Trajectory trajectory;
};

/// What optimizers did on one function, from one start, as it was asked for.
struct Descent {
  std::string function;
  const lab::Surface* surface = nullptr;  ///< of the catalogue, or none
  std::size_t steps = 0;
  std::vector<DescentRun> runs;
};

}  // namespace ravine::report
