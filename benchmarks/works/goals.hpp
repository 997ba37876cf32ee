#pragma once

#include <string>
#include <vector>

#include "race.hpp"

namespace ravine::benchmarks {

/// What is to be reached, and what was.
struct Goal {
  std::string what;
  double measured;
  double bound;
  bool at_least;     ///< otherwise at most
  std::string unit;  ///< behind the numbers

  bool reached() const { return at_least ? measured >= bound : measured <= bound; }
};

/// The goals that these races can tell of; those whose programs are not here are left out.
std::vector<Goal> goals(const std::vector<Race>& races);

}  // namespace ravine::benchmarks
