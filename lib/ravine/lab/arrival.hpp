#pragma once

#include <cstddef>
#include <optional>

#include "ravine/lab/trajectory.hpp"

namespace ravine::lab {

/// A run has arrived where f - f* is at most this share of what it was at the start, and stays so.
inline constexpr double arrived_share = 0.01;

/// f at most where the run has arrived.
double arrived_height(const Trajectory& run, double least);

/// The step from which on the run is that close to the least value f*; none where it is not so in
/// the end, or diverged.
std::optional<std::size_t> arrival(const Trajectory& run, double least);

}  // namespace ravine::lab
