#include "ravine/compare/comparison.hpp"

#include <algorithm>

#include "ravine/compare/measures.hpp"
#include "ravine/compare/target.hpp"

namespace ravine::compare {
namespace {

void add_times(Standing& standing, const Comparison& comparison, const Options& options) {
  if (!standing.tuned) return;
  const std::size_t steps = train::steps_per_epoch(comparison.facts.train_examples, options.fit);
  Measures by_epochs, by_steps, by_seconds;
  for (const Run* run : standing.tuned->runs) {
    const auto epoch = epoch_of_target(*run, comparison.metric, comparison.target);
    by_epochs.push_back(epoch);
    by_steps.push_back(epoch ? std::optional(static_cast<double>(*epoch * steps)) : std::nullopt);
    by_seconds.push_back(epoch ? std::optional(run->epochs[*epoch - 1].seconds) : std::nullopt);
  }
  standing.epochs_to_target = time_to_target(by_epochs);
  standing.steps_to_target = time_to_target(by_steps);
  standing.seconds_to_target = time_to_target(by_seconds);
}

/// The test metrics of the tuned runs, by seed.
Measures test_metrics(const Standing& standing, const Options& options) {
  Measures metrics(options.seeds);
  if (standing.tuned)
    for (const Run* run : standing.tuned->runs)
      metrics[run->key.seed - options.seed - 1] = test_metric_of(*run);
  return metrics;
}

std::vector<Pair> pairs_of(const std::vector<Standing>& standings, const Options& options) {
  std::vector<Measures> metrics;
  metrics.reserve(standings.size());
  for (const Standing& standing : standings) metrics.push_back(test_metrics(standing, options));
  std::vector<Pair> pairs;
  for (std::size_t a = 0; a < standings.size(); ++a)
    for (std::size_t b = a + 1; b < standings.size(); ++b)
      if (const auto difference = paired_difference(metrics[a], metrics[b]))
        pairs.push_back({.a = a, .b = b, .difference = *difference});
  return pairs;
}

std::optional<std::size_t> best_standing(const std::vector<Standing>& standings,
                                         const Metric& metric) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < standings.size(); ++i)
    if (standings[i].none_diverged() &&
        (!best || metric.better(standings[i].tuned->test_metric->mean,
                                standings[*best].tuned->test_metric->mean)))
      best = i;
  return best;
}

/// The seeds of any standing's tuned runs.
std::vector<std::uint64_t> seeds_of(const Comparison& comparison) {
  std::vector<std::uint64_t> seeds;
  for (const Standing& standing : comparison.standings)
    if (standing.tuned)
      for (const Run* run : standing.tuned->runs)
        if (std::ranges::find(seeds, run->key.seed) == seeds.end()) seeds.push_back(run->key.seed);
  return seeds;
}

std::optional<double> cost(const Comparison& comparison, const Standing& standing,
                           std::uint64_t seed) {
  if (!standing.tuned) return {};
  for (const Run* run : standing.tuned->runs)
    if (run->key.seed == seed) return epoch_of_target(*run, comparison.metric, comparison.target);
  return {};
}

}  // namespace

Comparison compare_runs(const DataFacts& facts, const Options& options,
                        std::span<const std::vector<Run>> runs_of_contenders) {
  Comparison comparison{.facts = facts, .metric = metric_of(facts.task)};
  std::vector<Standing>& standings = comparison.standings;
  for (std::size_t i = 0; i < options.contenders.size(); ++i)
    standings.push_back(standing_of(facts, options, options.contenders[i], runs_of_contenders[i]));
  comparison.target = asked_target(options, comparison.metric);
  if (!comparison.target) comparison.target = target_from(standings, comparison.metric);
  for (Standing& standing : standings) add_times(standing, comparison, options);
  comparison.pairs = pairs_of(standings, options);
  comparison.best = best_standing(standings, comparison.metric);
  return comparison;
}

std::vector<Profile> profiles_of(std::span<const Comparison> comparisons) {
  if (comparisons.empty()) return {};
  std::vector<Measures> costs(comparisons.front().standings.size());
  // In epochs: of one dataset they have the same number of steps, and a profile is of ratios.
  for (const Comparison& comparison : comparisons)
    for (const std::uint64_t seed : seeds_of(comparison))
      for (std::size_t i = 0; i < costs.size(); ++i)
        costs[i].push_back(cost(comparison, comparison.standings[i], seed));
  return performance_profiles(costs);
}

}  // namespace ravine::compare
