#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ravine/lab/rosenbrock.hpp"

namespace ravine::report {

/// Infinite where the run diverged before.
double last_error(const lab::Rosenbrock& result, const lab::RosenbrockRun& run);

/// The runs whose rule is of a kind, in their order.
template <class Wanted>
std::vector<const lab::RosenbrockRun*> runs_that(const lab::Rosenbrock& result, Wanted wanted) {
  std::vector<const lab::RosenbrockRun*> runs;
  for (const lab::RosenbrockRun& run : result.runs)
    if (wanted(run)) runs.push_back(&run);
  return runs;
}
std::vector<const lab::RosenbrockRun*> linear_runs(const lab::Rosenbrock& result);
/// Outside the class, but held by the same bound.
std::vector<const lab::RosenbrockRun*> other_diagonal_runs(const lab::Rosenbrock& result);
std::vector<const lab::RosenbrockRun*> other_runs(const lab::Rosenbrock& result);

/// The one with the least error after the last step; there must be one.
const lab::RosenbrockRun& nearest(const lab::Rosenbrock& result,
                                  const std::vector<const lab::RosenbrockRun*>& runs);

/// The last error over the bound; none where the bound is 0, the run diverged, or the error is what
/// rounding leaves of numbers up to 1.
std::optional<double> times_bound(const lab::Rosenbrock& result, const lab::RosenbrockRun& run);

/// Whether nobody could tell its error from the bound.
bool reaches_bound(const lab::Rosenbrock& result, const lab::RosenbrockRun& run);

}  // namespace ravine::report
