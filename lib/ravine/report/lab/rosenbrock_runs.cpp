#include "ravine/report/lab/rosenbrock_runs.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ravine::report {

using lab::Rosenbrock;
using lab::RosenbrockRun;
using Runs = std::vector<const RosenbrockRun*>;

double last_error(const Rosenbrock& result, const RosenbrockRun& run) {
  const std::size_t steps = result.options.steps;
  return steps < run.error.size() ? run.error[steps] : std::numeric_limits<double>::infinity();
}

Runs linear_runs(const Rosenbrock& result) {
  return runs_that(result, [](const RosenbrockRun& run) { return run.kind.linear; });
}

Runs other_diagonal_runs(const Rosenbrock& result) {
  return runs_that(result,
                   [](const RosenbrockRun& run) { return run.kind.diagonal && !run.kind.linear; });
}

Runs other_runs(const Rosenbrock& result) {
  return runs_that(result, [](const RosenbrockRun& run) { return !run.kind.diagonal; });
}

const RosenbrockRun& nearest(const Rosenbrock& result, const Runs& runs) {
  return **std::ranges::min_element(
      runs, {}, [&](const RosenbrockRun* run) { return last_error(result, *run); });
}

std::optional<double> times_bound(const Rosenbrock& result, const RosenbrockRun& run) {
  constexpr double rounding = 1e-15;
  const double bound = result.lower_bound.back();
  const double error = last_error(result, run);
  if (!(bound > 0) || !std::isfinite(error) || error < rounding) return {};
  return error / bound;
}

bool reaches_bound(const Rosenbrock& result, const RosenbrockRun& run) {
  return last_error(result, run) < 1.005 * result.lower_bound.back();
}

}  // namespace ravine::report
