#pragma once

#include <vector>

#include "ravine/lab/quadratic.hpp"
#include "ravine/report/figure.hpp"

namespace ravine::report {

/// The error by eigenspace, the rate over the learning rate, and of two dimensions the path.
std::vector<Figure> quadratic_figures(const lab::Quadratic& result);

}  // namespace ravine::report
