#include "ravine/compare/standing.hpp"

#include <algorithm>
#include <cmath>

#include "ravine/compare/complete_settings.hpp"
#include "ravine/compare/measures.hpp"
#include "ravine/compare/plan.hpp"
#include "ravine/compare/selection_luck.hpp"
#include "ravine/optim/common_fields.hpp"

namespace ravine::compare {
namespace {

std::optional<double> lr_of(const optim::Settings& settings) {
  const auto lr = std::ranges::find(settings, optim::lr_name, &optim::Setting::name);
  return lr == settings.end() ? std::nullopt : std::optional(lr->value.number());
}

void add_trials(Standing& standing, const Tuning& tuning) {
  for (const Trial& trial : tuning.trials) {
    if (trial.run == nullptr) continue;
    standing.trials.push_back({.point = trial.point,
                               .status = trial.run->status,
                               .lr = lr_of(complete_settings(standing.contender, trial.point)),
                               .validation_metric = validation_at_end_of(*trial.run)});
    if (trial.run->status == train::Status::diverged) ++standing.diverged_trials;
    if (trial.run->status == train::Status::stopped) ++standing.stopped_trials;
  }
}

std::optional<double> lr_width(const Standing& standing, const Metric& metric) {
  if (std::ranges::find(standing.space, optim::lr_name, &Dimension::field) == standing.space.end())
    return {};
  std::optional<double> best;
  for (const TrialResult& trial : standing.trials)
    if (trial.validation_metric && (!best || metric.better(*trial.validation_metric, *best)))
      best = trial.validation_metric;
  std::vector<double> decades;
  for (const TrialResult& trial : standing.trials)
    if (trial.validation_metric &&
        metric.reaches(*trial.validation_metric, metric.one_percent_from(*best)) && trial.lr > 0.0)
      decades.push_back(std::log10(*trial.lr));
  if (decades.empty()) return {};
  const auto [lowest, highest] = std::ranges::minmax(decades);
  return highest - lowest;
}

void add_costs(Standing& standing) {
  const std::vector<const Run*>& runs = standing.tuned->runs;
  const auto step_seconds = [](const Run& run) -> std::optional<double> {
    if (run.steps == 0) return {};
    return run.seconds / static_cast<double>(run.steps);
  };
  const std::vector<double> each = present(measured(runs, step_seconds));
  if (!each.empty()) standing.step_seconds = median(each);
  for (const Run* run : runs)
    standing.state_bytes_per_parameter =
        std::max(standing.state_bytes_per_parameter, run->state_bytes_per_parameter);
}

}  // namespace

Standing standing_of(const DataFacts& facts, const Options& options, const Contender& contender,
                     std::span<const Run> runs) {
  const Metric metric = metric_of(facts.task);
  const Tuning tuning = plan_of(contender, options, metric, runs).tuning;
  const auto fresh = [&](std::size_t trial) {
    return fresh_runs_of(contender, tuning.trials[trial].point, options, metric, runs);
  };
  Standing standing{.contender = contender,
                    .space = tuning.space,
                    .widenings = tuning.widenings,
                    .at_edge = tuning.at_edge,
                    .defaults = fresh_runs_of(contender, {}, options, metric, runs)};
  add_trials(standing, tuning);
  standing.lr_width_decades = lr_width(standing, metric);
  for (const Budget& budget : budgets_of(tuning, metric))
    standing.budget.push_back(
        {.trials = budget.trials,
         .test_metric = budget.trial ? fresh(*budget.trial).test_metric : std::nullopt});
  if (!tuning.best) return standing;
  standing.tuned = fresh(*tuning.best);
  if (const Run* trial = tuning.trials[*tuning.best].run; tuning.anything() && trial != nullptr)
    standing.selected_validation = validation_at_end_of(*trial);
  standing.lucky = was_lucky(standing.selected_validation, *standing.tuned, metric);
  add_costs(standing);
  const auto steps = train::steps_per_epoch(facts.train_examples, options.fit);
  standing.curve = curve_of(standing.tuned->runs, static_cast<double>(steps));
  return standing;
}

}  // namespace ravine::compare
