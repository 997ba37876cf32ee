#pragma once

#include "ravine/lab/noise.hpp"
#include "ravine/report/exhibit.hpp"

namespace ravine::report {

/// Expected errors under gradient noise beside their Monte Carlo. CSV: step, deterministic,
/// stochastic, expected, mean, standard_error.
Exhibit noise_exhibit(const lab::Noise& result);

}  // namespace ravine::report
