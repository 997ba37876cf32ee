#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "ravine/compare/standing.hpp"

namespace ravine::compare {

/// The target that the options ask for of a metric; none where it follows from the runs.
std::optional<double> asked_target(const Options& options, const Metric& metric);

/// The target that follows from the runs: one percent off the best median, over the tuned runs of
/// an optimizer none of which diverged, of the validation metric at the end. None where all have
/// one that diverged.
std::optional<double> target_from(std::span<const Standing> standings, const Metric& metric);

/// The first epoch, from 1, whose validation metric is as good as the target. None of a run that
/// misses it, nor of one that diverges, whatever it was before.
std::optional<std::size_t> epoch_of_target(const Run& run, const Metric& metric,
                                           const std::optional<double>& target);

}  // namespace ravine::compare
