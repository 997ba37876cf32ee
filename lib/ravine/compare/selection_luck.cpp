#include "ravine/compare/selection_luck.hpp"

#include "ravine/compare/measures.hpp"

namespace ravine::compare {

bool was_lucky(const std::optional<double>& trial, const FreshRuns& fresh, const Metric& metric) {
  constexpr std::size_t least_runs = 3;
  if (!trial) return false;
  if (fresh.diverged != 0) return true;
  const std::vector<double> ends = present(measured(fresh.runs, validation_at_end_of));
  if (ends.size() < least_runs) return false;
  const Interval expected = prediction_interval(ends);
  if (expected.low == expected.high && ends.size() < least_for_bootstrap) return false;
  return metric.better(*trial, metric.higher_is_better ? expected.high : expected.low);
}

}  // namespace ravine::compare
