#include "ravine/report/comparison_gap.hpp"

#include "ravine/compare/measures.hpp"

namespace ravine::report {
namespace {

/// `sign` is 1 where the difference rises with what is better, else -1.
Gap gap_of(const compare::PairedDifference& difference, int sign) {
  Gap gap{.size = sign * difference.mean, .n = difference.n};
  if (difference.ci95) {
    const auto& [low, high] = *difference.ci95;
    gap.ci95 = sign > 0 ? compare::Interval{low, high} : compare::Interval{-high, -low};
  }
  return gap;
}

int sign_of(const compare::Metric& metric) { return metric.higher_is_better ? 1 : -1; }

}  // namespace

std::vector<Behind> behind_the_best(const compare::Comparison& comparison) {
  std::vector<Behind> behind;
  if (!comparison.best) return behind;
  const std::size_t best = *comparison.best;
  for (std::size_t i = 0; i < comparison.standings.size(); ++i) {
    if (i == best) continue;
    behind.push_back({.standing = i, .gap = {}});
    for (const auto& [a, b, difference] : comparison.pairs)
      if ((a == best && b == i) || (a == i && b == best))
        behind.back().gap = gap_of(difference, (a == best ? 1 : -1) * sign_of(comparison.metric));
  }
  return behind;
}

Gap gain_of_tuning(const compare::Standing& standing, const compare::Metric& metric) {
  if (!standing.tuned) return {};
  const auto untuned_at_its_seed = [&](const compare::Run& run) {
    for (const compare::Run* untuned : standing.defaults.runs)
      if (untuned->key.seed == run.key.seed) return compare::test_metric_of(*untuned);
    return std::optional<double>();
  };
  const auto difference =
      compare::paired_difference(compare::measured(standing.tuned->runs, compare::test_metric_of),
                                 compare::measured(standing.tuned->runs, untuned_at_its_seed));
  return difference ? gap_of(*difference, sign_of(metric)) : Gap{};
}

}  // namespace ravine::report
