#include "ravine/lab/steps_to_tolerance.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace ravine::lab {
namespace {

/// Every |1 - alpha lambda|^k falls with k, and so does the error: a search by halves.
std::optional<std::size_t> steps_of_descent(const Modes& modes, const MomentumSettings& settings,
                                            double tolerance) {
  const auto is_there = [&](std::size_t k) { return error_after(modes, settings, k) <= tolerance; };
  if (is_there(0)) return 0;
  if (!(rate_of(modes.curvatures, settings) < 1)) return {};
  std::size_t low = 0;  // not there yet
  std::size_t high = 1;
  while (!is_there(high)) {
    low = high;
    high *= 2;
  }
  while (high - low > 1) {
    const std::size_t middle = low + (high - low) / 2;
    (is_there(middle) ? high : low) = middle;
  }
  return high;
}

/// The slowest curvature first, which most often is enough to see that the error is too large.
Modes slowest_first(const Modes& modes) {
  std::vector<std::size_t> order(modes.curvatures.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, {}, [&](std::size_t i) { return modes.curvatures[i]; });
  Modes sorted;
  for (const std::size_t i : order) {
    sorted.curvatures.push_back(modes.curvatures[i]);
    sorted.start.push_back(modes.start[i]);
  }
  return sorted;
}

bool is_within(const Modes& modes, const MomentumSettings& settings, std::size_t k,
               double tolerance) {
  double error = 0;
  for (std::size_t i = 0; i < modes.start.size() && error <= tolerance; ++i) {
    const double x = modes.start[i] * momentum_factor(settings, modes.curvatures[i], k);
    error += modes.curvatures[i] * x * x / 2;
  }
  return error <= tolerance;
}

}  // namespace

std::optional<std::size_t> steps_to_tolerance(const Modes& modes, const MomentumSettings& settings,
                                              double tolerance) {
  if (settings.momentum == 0) return steps_of_descent(modes, settings, tolerance);
  const Modes sorted = slowest_first(modes);
  for (std::size_t k = 0; k <= most_predicted_momentum_steps; ++k)
    if (is_within(sorted, settings, k, tolerance)) return k;
  return {};
}

}  // namespace ravine::lab
