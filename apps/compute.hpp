#pragma once

#include <cstddef>

#include "command_line.hpp"
#include "ravine/report/environment.hpp"

namespace ravine::apps {

/// Gives the work its threads, and warns where the environment makes OpenBLAS slow.
report::Environment start_compute(const Common& common);

}  // namespace ravine::apps
