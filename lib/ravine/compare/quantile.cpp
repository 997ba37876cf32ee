#include "ravine/compare/quantile.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace ravine::compare {

double quantile(std::span<const double> values, double p) {
  std::vector<double> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  return quantile_of_sorted(sorted, p);
}

double quantile_of_sorted(std::span<const double> sorted, double p) {
  const double place = p * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], place - std::floor(place));
}

double median(std::span<const double> values) { return quantile(values, 0.5); }

}  // namespace ravine::compare
