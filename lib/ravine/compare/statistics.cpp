#include "ravine/compare/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "ravine/compare/moments.hpp"

namespace ravine::compare {

Summary summarize(std::span<const double> values) {
  const Moments moments = moments_of(values);
  return {
      .mean = moments.mean, .std = moments.std, .n = values.size(), .ci95 = mean_interval(values)};
}

TimeToTarget time_to_target(std::span<const std::optional<double>> times) {
  std::vector<double> reached;
  for (const std::optional<double>& time : times)
    if (time) reached.push_back(*time);
  TimeToTarget result{.median = {}, .reached = reached.size(), .of = times.size()};
  if (reached.empty() || 2 * reached.size() < times.size()) return result;
  std::ranges::sort(reached);
  const std::size_t lower = (times.size() - 1) / 2, upper = times.size() / 2;
  result.median = std::midpoint(reached[lower], reached[std::min(upper, reached.size() - 1)]);
  return result;
}

std::optional<PairedDifference> paired_difference(std::span<const std::optional<double>> a,
                                                  std::span<const std::optional<double>> b) {
  constexpr std::size_t least_seeds = 3;
  std::vector<double> differences;
  double size = 0;
  for (std::size_t seed = 0; seed < std::min(a.size(), b.size()); ++seed) {
    if (!a[seed] || !b[seed]) continue;
    differences.push_back(*a[seed] - *b[seed]);
    size = std::max({size, std::abs(*a[seed]), std::abs(*b[seed])});
  }
  if (differences.empty()) return {};
  PairedDifference result{
      .mean = moments_of(differences).mean, .n = differences.size(), .ci95 = {}};
  const auto [smallest, largest] = std::ranges::minmax(differences);
  // 0.95 - 0.9 and 0.9 - 0.85 are rounded differently.
  const bool all_equal = largest - smallest <= 1e-12 * size;
  if (result.n >= (all_equal ? least_for_bootstrap : least_seeds))
    result.ci95 = student_interval(differences);
  return result;
}

}  // namespace ravine::compare
