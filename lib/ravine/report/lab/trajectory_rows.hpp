#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ravine/lab/trajectory.hpp"
#include "ravine/report/table.hpp"

namespace ravine::report {

/// A double reads back from so many digits as it was.
inline constexpr int exact_digits = 17;

/// `step`, `w1`, ..., `wn`, `f`.
std::vector<Column> step_columns(const lab::Trajectory& run);
std::vector<std::string> step_row(const lab::Trajectory& run, std::size_t step, int digits);

}  // namespace ravine::report
