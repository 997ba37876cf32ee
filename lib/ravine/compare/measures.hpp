#pragma once

#include <optional>
#include <span>
#include <vector>

#include "ravine/compare/run.hpp"

namespace ravine::compare {

/// One value for each run, none where there is nothing to measure.
using Measures = std::vector<std::optional<double>>;
template <class Measure>
Measures measured(std::span<const Run* const> runs, const Measure& measure) {
  Measures measures;
  for (const Run* run : runs) measures.push_back(measure(*run));
  return measures;
}
/// Those that are there and finite.
std::vector<double> present(const Measures& measures);

}  // namespace ravine::compare
