#pragma once

#include <optional>

#include "ravine/compare/fresh_runs.hpp"

namespace ravine::compare {

/// Whether a trial came to more than its setting does: its validation metric is beyond the better
/// end of the 95 % prediction interval of three or more fresh runs of the setting, on the same
/// validation part, or one of them diverged, as the trial did not. False where `trial` is none.
///
/// Fewer than five runs that all come to the same, as a metric with few values lets them by
/// chance, tell nothing of the noise; nor of the trial.
bool was_lucky(const std::optional<double>& trial, const FreshRuns& fresh, const Metric& metric);

}  // namespace ravine::compare
