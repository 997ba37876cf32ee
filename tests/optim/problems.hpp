#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace ravine::optim::testing {

/// A function to descend, whose gradient is worked out by hand.
struct Problem {
  std::string_view name;
  std::vector<double> start;
  std::vector<double> (*gradient)(std::span<const double> w);
};

/// By the names that data/trajectories.json uses.
const Problem& problem(std::string_view name);
const std::vector<Problem>& problems();

}  // namespace ravine::optim::testing
