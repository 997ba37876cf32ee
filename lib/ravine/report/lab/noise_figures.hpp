#pragma once

#include <vector>

#include "ravine/lab/noise.hpp"
#include "ravine/report/figure.hpp"

namespace ravine::report {

/// The error over the steps, the error in the end over both settings, and the floor over the rate.
std::vector<Figure> noise_figures(const lab::Noise& result);

}  // namespace ravine::report
