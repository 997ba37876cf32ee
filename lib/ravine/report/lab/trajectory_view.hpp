#pragma once

#include <vector>

#include "ravine/report/lab/descent.hpp"

namespace ravine::report {

/// The heights of a descent that matter to a reader: from its lowest point to some times the
/// start's height above that. A run that diverges is higher than any other by orders of magnitude.
struct Heights {
  double least;    ///< of the surface, or else the lowest that was reached
  double start;    ///< f there
  double highest;  ///< that a figure has to show
};

Heights heights_of(const Descent& descent);

/// For each variable what a figure shows, [n]: what the surface wants to be seen, and all points
/// that are not above the highest height, with a margin.
std::vector<lab::Interval> view_of(const Descent& descent);

}  // namespace ravine::report
