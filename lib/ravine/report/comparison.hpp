#pragma once

#include <cstddef>
#include <vector>

#include "ravine/compare/comparison.hpp"
#include "ravine/data/datasets.hpp"
#include "ravine/report/environment.hpp"

namespace ravine::report {

/// A comparison on one dataset or several, done: what was asked for, where it ran, and what came
/// out. The runs that it points to must outlive it.
struct Results {
  compare::Options options;
  data::LoadOptions reading = {};  ///< of all data
  Environment environment;
  std::size_t jobs = 1;  ///< runs side by side
  std::vector<compare::Comparison> comparisons;
  std::vector<compare::Profile> profiles = {};  ///< one a contender; none for one dataset
};

}  // namespace ravine::report
