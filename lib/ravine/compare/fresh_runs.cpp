#include "ravine/compare/fresh_runs.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ravine/compare/complete_settings.hpp"
#include "ravine/compare/measures.hpp"

namespace ravine::compare {
namespace {

std::optional<Summary> summary_of(const Measures& measures) {
  const std::vector<double> values = present(measures);
  if (values.empty()) return {};
  return summarize(values);
}

std::optional<double> train_loss_of(const Run& run) {
  return test_metric_of(run) ? std::optional(run.end->train_loss) : std::nullopt;
}

constexpr double unbounded = std::numeric_limits<double>::infinity();

/// The interval without values that no mean can be: none is below 0.
std::optional<Summary> up_to(double most, std::optional<Summary> summary) {
  if (summary && summary->ci95)
    summary->ci95 =
        Interval{std::max(summary->ci95->low, 0.0), std::min(summary->ci95->high, most)};
  return summary;
}

}  // namespace

FreshRuns fresh_runs_of(const Contender& contender, const optim::Settings& point,
                        const Options& options, const Metric& metric, std::span<const Run> runs) {
  FreshRuns fresh{.settings = complete_settings(contender, point)};
  for (std::size_t k = 1; k <= options.seeds; ++k) {
    const RunKey key{.point = point, .seed = options.seed + k};
    if (const Run* run = find_run(runs, key)) fresh.runs.push_back(run);
  }
  const Measures metrics = measured(fresh.runs, test_metric_of);
  fresh.diverged = fresh.runs.size() - present(metrics).size();
  const double most = metric.higher_is_better ? 1 : unbounded;
  fresh.test_metric = up_to(most, summary_of(metrics));
  fresh.train_loss = up_to(unbounded, summary_of(measured(fresh.runs, train_loss_of)));
  fresh.validation_metric = up_to(most, summary_of(measured(fresh.runs, validation_at_end_of)));
  return fresh;
}

std::optional<double> test_metric_of(const Run& run) {
  if (run.status != train::Status::finished || !run.end || !std::isfinite(run.end->test_metric))
    return {};
  return run.end->test_metric;
}

std::optional<double> validation_at_end_of(const Run& run) {
  if (run.status != train::Status::finished || run.epochs.empty()) return {};
  const double metric = run.epochs.back().validation_metric;
  return std::isfinite(metric) ? std::optional(metric) : std::nullopt;
}

}  // namespace ravine::compare
