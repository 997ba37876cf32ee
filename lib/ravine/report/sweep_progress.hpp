#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "ravine/compare/sweep.hpp"

namespace ravine::report {

/// What the display of a sweep shows beside its state.
struct SweepContext {
  std::vector<std::string> data;  ///< names
  std::vector<compare::Contender> contenders;
  double seconds = 0;           ///< since it began
  std::size_t done_before = 0;  ///< runs that were there when it began
  std::size_t columns = 80;     ///< of the terminal
  bool colour = false;
};

/// A line with a bar and the time left, and one for each run under way; without their ends, each
/// fitting the terminal.
std::vector<std::string> sweep_lines(const compare::SweepState& state, const SweepContext& context);

/// How long a sweep will still take, in seconds, if it goes on as it did; none before the first
/// epoch is over.
std::optional<double> seconds_left(const compare::SweepState& state, const SweepContext& context);

}  // namespace ravine::report
