#pragma once

#include "ravine/lab/rates.hpp"
#include "ravine/report/exhibit.hpp"

namespace ravine::report {

/// The rate over alpha lambda and beta, its regimes, and simulated points. CSV: alpha_lambda, beta,
/// rate, regime.
Exhibit rates_exhibit(const lab::Rates& result);

}  // namespace ravine::report
