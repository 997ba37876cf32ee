#pragma once

#include <vector>

#include "ravine/lab/polynomial.hpp"
#include "ravine/report/figure.hpp"

namespace ravine::report {

std::vector<Figure> polynomial_figures(const lab::Polynomial& result);

}  // namespace ravine::report
