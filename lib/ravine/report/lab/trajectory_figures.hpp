#pragma once

#include <vector>

#include "ravine/report/figure.hpp"
#include "ravine/report/lab/descent.hpp"

namespace ravine::report {

/// The paths on the function, where it is of one variable or two, and f over the steps.
std::vector<Figure> trajectory_figures(const Descent& descent);

}  // namespace ravine::report
