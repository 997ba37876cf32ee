#include "ravine/compare/plan.hpp"

#include <algorithm>

namespace ravine::compare {
namespace {

/// The trials whose settings get fresh runs, each once: the defaults first.
std::vector<std::size_t> selected_trials(const std::vector<Budget>& budgets) {
  std::vector<std::size_t> selected{0};
  for (const Budget& budget : budgets)
    if (budget.trial && std::ranges::find(selected, *budget.trial) == selected.end())
      selected.push_back(*budget.trial);
  return selected;
}

}  // namespace

std::vector<Budget> budgets_of(const Tuning& tuning, const Metric& metric) {
  constexpr std::size_t factor = 4;
  std::vector<Budget> budgets{{.trials = 1, .trial = 0}};
  for (std::size_t count = factor; count < tuning.trials.size(); count *= factor)
    budgets.push_back(
        {.trials = count, .trial = best_of(std::span(tuning.trials).first(count), metric)});
  if (tuning.anything()) budgets.push_back({.trials = tuning.trials.size(), .trial = tuning.best});
  return budgets;
}

Plan plan_of(const Contender& contender, const Options& options, const Metric& metric,
             std::span<const Run> runs) {
  Plan plan;
  plan.tuning =
      tuning_of(space_of(contender, options.ranges), options.tuning, metric, options.seed, runs);
  for (const ReadyTrial& trial : plan.tuning.ready)
    plan.ready.push_back(
        {.key = {.point = plan.tuning.trials[trial.trial].point, .seed = options.seed},
         .fresh = false,
         .worst_allowed = trial.worst_allowed});

  const std::vector<Budget> budgets = budgets_of(plan.tuning, metric);
  const std::vector<std::size_t> selected =
      plan.tuning.complete ? selected_trials(budgets) : std::vector<std::size_t>{0};
  for (const std::size_t trial : selected)
    for (std::size_t k = 1; k <= options.seeds; ++k) {
      Assignment fresh{.key = {.point = plan.tuning.trials[trial].point, .seed = options.seed + k},
                       .fresh = true};
      if (find_run(runs, fresh.key) == nullptr) plan.ready.push_back(std::move(fresh));
    }
  plan.complete = plan.tuning.complete && plan.ready.empty();
  const std::size_t settings = plan.tuning.complete ? selected.size() : budgets.size();
  plan.expected =
      (plan.tuning.anything() ? plan.tuning.trials.size() : 0) + settings * options.seeds;
  return plan;
}

}  // namespace ravine::compare
