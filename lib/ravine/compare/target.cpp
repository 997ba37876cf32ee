#include "ravine/compare/target.hpp"

#include <cmath>

#include "ravine/compare/measures.hpp"

namespace ravine::compare {

std::optional<double> asked_target(const Options& options, const Metric& metric) {
  const std::optional<Target>& target = options.target;
  if (!target || !(target->metric.empty() || target->metric == metric.name)) return {};
  return target->value;
}

std::optional<double> target_from(std::span<const Standing> standings, const Metric& metric) {
  std::optional<double> best;
  for (const Standing& standing : standings) {
    if (!standing.none_diverged()) continue;
    const std::vector<double> ends = present(measured(standing.tuned->runs, validation_at_end_of));
    if (ends.size() < standing.tuned->runs.size()) continue;
    if (const double middle = median(ends); !best || metric.better(middle, *best)) best = middle;
  }
  return best ? std::optional(metric.one_percent_from(*best)) : std::nullopt;
}

std::optional<std::size_t> epoch_of_target(const Run& run, const Metric& metric,
                                           const std::optional<double>& target) {
  if (!test_metric_of(run) || !target) return {};
  for (std::size_t epoch = 1; epoch <= run.epochs.size(); ++epoch)
    if (const double value = run.epochs[epoch - 1].validation_metric;
        !std::isnan(value) && metric.reaches(value, *target))
      return epoch;
  return {};
}

}  // namespace ravine::compare
