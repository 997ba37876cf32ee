#pragma once

#include <vector>

#include "ravine/lab/rosenbrock.hpp"
#include "ravine/report/figure.hpp"

namespace ravine::report {

/// Errors beside the bound, and how far word has travelled along the chain.
std::vector<Figure> rosenbrock_figures(const lab::Rosenbrock& result);

}  // namespace ravine::report
