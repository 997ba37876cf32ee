#include "ravine/report/lab/trajectory_view.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ravine::report {
namespace {

/// Beyond this an axis would be of no use, and the width of a view might not be finite.
constexpr double farthest = 1e100;

bool is_near(double coordinate) { return std::abs(coordinate) < farthest; }

lab::Interval with_margin(const lab::Interval& interval) {
  constexpr double share = 0.08;
  const double width = interval.high - interval.low;
  const double margin = width > 0 ? share * width : std::max(1.0, std::abs(interval.low));
  return {interval.low - margin, interval.high + margin};
}

}  // namespace

Heights heights_of(const Descent& descent) {
  // An overshoot of momentum is below this.
  constexpr double times_the_start = 10;
  double least = std::numeric_limits<double>::infinity();
  for (const DescentRun& run : descent.runs)
    least = std::min(least, std::ranges::min(run.trajectory.values));
  if (descent.surface != nullptr) least = descent.surface->least;
  const double start = descent.runs.front().trajectory.values.front();
  return {.least = least, .start = start, .highest = least + times_the_start * (start - least)};
}

std::vector<lab::Interval> view_of(const Descent& descent) {
  const Heights heights = heights_of(descent);
  std::vector<lab::Interval> seen;
  if (descent.surface != nullptr)
    seen = descent.surface->view;
  else
    for (const double coordinate : descent.runs.front().trajectory.points.front())
      seen.push_back({coordinate, coordinate});
  std::vector<lab::Interval> all = seen;
  for (const DescentRun& run : descent.runs) {
    const auto& [points, values, diverged] = run.trajectory;
    for (std::size_t step = 0; step < points.size(); ++step) {
      if (values[step] > heights.highest || !std::ranges::all_of(points[step], is_near)) continue;
      for (std::size_t i = 0; i < all.size(); ++i) {
        all[i].low = std::min(all[i].low, points[step][i]);
        all[i].high = std::max(all[i].high, points[step][i]);
      }
    }
  }
  // The view of a surface has its margin already.
  for (std::size_t i = 0; i < all.size(); ++i)
    if (descent.surface == nullptr || all[i] != seen[i]) all[i] = with_margin(all[i]);
  return all;
}

}  // namespace ravine::report
