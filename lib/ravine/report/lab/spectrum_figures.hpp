#pragma once

#include <vector>

#include "ravine/report/figure.hpp"
#include "ravine/report/lab/spectrum.hpp"

namespace ravine::report {

/// The curvatures, and of a model whose training theory or a run tells of, its course.
std::vector<Figure> spectrum_figures(const SpectrumStudy& study);

}  // namespace ravine::report
