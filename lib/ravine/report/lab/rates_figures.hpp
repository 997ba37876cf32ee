#pragma once

#include <vector>

#include "ravine/lab/rates.hpp"
#include "ravine/report/figure.hpp"

namespace ravine::report {

/// Maps of the rate and of the regimes, and a component's way in each regime.
std::vector<Figure> rates_figures(const lab::Rates& result);

}  // namespace ravine::report
