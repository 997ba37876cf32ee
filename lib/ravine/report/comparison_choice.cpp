#include "ravine/report/comparison_choice.hpp"

#include <algorithm>
#include <cmath>

#include "ravine/report/comparison_gap.hpp"
#include "ravine/report/comparison_numbers.hpp"
#include "ravine/report/comparison_settings.hpp"
#include "ravine/report/number.hpp"
#include "ravine/report/train_command.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

using compare::Comparison;
using compare::Standing;

/// The standings with no more than the least of a cost, among those given; all where none has one.
template <class Cost>
std::vector<std::size_t> cheapest(const Comparison& comparison,
                                  const std::vector<std::size_t>& among, const Cost& cost) {
  std::optional<double> least;
  for (const std::size_t i : among) {
    const std::optional<double> its = cost(comparison.standings[i]);
    if (its && (!least || *its < *least)) least = its;
  }
  if (!least) return among;
  std::vector<std::size_t> found;
  for (const std::size_t i : among)
    if (cost(comparison.standings[i]) == least) found.push_back(i);
  return found;
}

std::optional<double> steps_of(const Standing& standing) { return standing.steps_to_target.median; }
std::optional<double> state_of(const Standing& standing) {
  return static_cast<double>(standing.state_bytes_per_parameter);
}

/// In all runs.
bool reaches_the_target(const Standing& standing) {
  const auto& [median, reached, of] = standing.steps_to_target;
  return of != 0 && reached == of;
}

std::vector<std::string> names_at(const Comparison& comparison,
                                  const std::vector<std::size_t>& places) {
  const std::vector<std::string> all = shown_names(comparison);
  std::vector<std::string> names;
  names.reserve(places.size());
  for (const std::size_t standing : places) names.push_back(all[standing]);
  return names;
}

/// `momentum: ` and the command that trains its setting.
std::string setting_words(const Comparison& comparison, const Results& results,
                          std::size_t standing) {
  const compare::Options& options = results.options;
  return text(shown_names(comparison)[standing], ": `",
              train_command(comparison.facts.name, results.reading,
                            {options.model, comparison.facts.layers, options.activation},
                            shown_spec(comparison.standings[standing])),
              fit_options(options.groups, options.fit), "`.");
}

/// That those level with the best cannot be told apart, or else that each cannot be told from it:
/// two of them may differ more than either does from the best.
std::string level_words(const Comparison& comparison, const std::vector<std::size_t>& level) {
  const std::size_t best = *comparison.best;
  const auto is_level = [&](std::size_t i) { return std::ranges::find(level, i) != level.end(); };
  const bool some_differ = std::ranges::any_of(comparison.pairs, [&](const compare::Pair& pair) {
    return is_level(pair.a) && is_level(pair.b) && pair.difference.beyond_noise();
  });
  std::vector<std::size_t> others = level;
  if (some_differ) std::erase(others, best);
  return text(counted(comparison.standings[best].tuned->test_metric->n, "seed"), " do not tell ",
              listed(names_at(comparison, others)),
              some_differ ? " from " + shown_names(comparison)[best] : " apart");
}

/// What cannot be told from the best, which is one of them.
struct Level {
  std::vector<std::size_t> all;
  /// Those whose mean is near that of the best: what has the widest interval is level the soonest,
  /// and that is no merit.
  std::vector<std::size_t> near;
  std::vector<Behind> undecided;  ///< the others
};

/// Whether a mean is off the best by no more than one percent of it, or half the width of its 95 %
/// interval where that is more.
bool is_near_the_best(const Comparison& comparison, std::size_t standing) {
  const compare::Metric& metric = comparison.metric;
  const double mean = comparison.standings[standing].tuned->test_metric->mean;
  const compare::Summary& best = *comparison.standings[*comparison.best].tuned->test_metric;
  return metric.reaches(mean, metric.one_percent_from(best.mean)) ||
         (best.ci95 && 2 * std::abs(mean - best.mean) <= best.ci95->high - best.ci95->low);
}

Level level_with_the_best(const Comparison& comparison) {
  Level level{.all = {*comparison.best}, .near = {*comparison.best}, .undecided = {}};
  for (const Behind& other : behind_the_best(comparison)) {
    const auto& [standing, gap] = other;
    if (!gap.level() || !comparison.standings[standing].none_diverged()) continue;
    level.all.push_back(standing);
    if (gap.equal() || is_near_the_best(comparison, standing))
      level.near.push_back(standing);
    else
      level.undecided.push_back(other);
  }
  std::ranges::sort(level.all);
  std::ranges::sort(level.near);
  return level;
}

/// `; undecided: adam may be up to 0.05 and sgd up to 0.06 worse than momentum`.
std::string undecided_words(const Comparison& comparison, const std::vector<Behind>& undecided) {
  const std::vector<std::string> names = shown_names(comparison);
  std::vector<std::string> items;
  items.reserve(undecided.size());
  for (const auto& [standing, gap] : undecided)
    items.push_back(text(names[standing], items.empty() ? " may be" : "", " up to ",
                         signed_text(gap.ci95->high, decimals_of(comparison))));
  return items.empty()
             ? ""
             : text("; undecided: ", listed(items), " worse than ", names[*comparison.best]);
}

/// What to take of those that are near the best: of those that reach the target in all runs, where
/// there are such, the one that does in the fewest steps, and the one that keeps the least state.
struct Choice {
  std::vector<std::size_t> from;
  std::size_t fast;
  std::size_t small;
};

Choice choice_of(const Comparison& comparison, const std::vector<std::size_t>& near) {
  Choice choice{.from = near, .fast = 0, .small = 0};
  std::erase_if(choice.from, [&](std::size_t standing) {
    return !reaches_the_target(comparison.standings[standing]);
  });
  if (choice.from.empty()) choice.from = near;
  const auto fewest_steps = cheapest(comparison, choice.from, steps_of);
  const auto least_state = cheapest(comparison, choice.from, state_of);
  choice.fast = cheapest(comparison, fewest_steps, state_of).front();
  choice.small = cheapest(comparison, least_state, steps_of).front();
  return choice;
}

std::string why_words(const Comparison& comparison, const std::vector<std::size_t>& near,
                      const Choice& choice) {
  const auto& [from, fast, small] = choice;
  const std::vector<std::string> names = shown_names(comparison);
  const auto& [steps, reached, of] = comparison.standings[fast].steps_to_target;
  const std::string median = steps ? text(" (a median of ", short_text(*steps), ")") : "";
  const std::string least_state =
      text(" keeps the least state (",
           counted(comparison.standings[small].state_bytes_per_parameter, "byte"), " a parameter)");
  if (!steps)
    return text("none of them reaches the target in half of its runs; ", names[small], least_state);
  const std::string and_state =
      fast == small ? " and" + least_state : ", " + names[small] + least_state;
  if (reached != of)
    return text("none of them reaches the target in all runs; ", names[fast],
                " takes the fewest steps to it", median, and_state);
  if (from.size() == 1)
    return text(names[fast], " alone reaches the target in all runs, in a median of ",
                short_text(*steps), " steps");
  return text(from.size() == near.size()
                  ? names[fast] + " reaches the target in all runs"
                  : "of those that reach the target in all runs, " + names[fast] + " does",
              " in the fewest steps", median, and_state);
}

}  // namespace

std::vector<std::size_t> taken(const Comparison& comparison) {
  if (!comparison.best) return {};
  const auto [from, fast, small] = choice_of(comparison, level_with_the_best(comparison).near);
  return fast == small ? std::vector{fast} : std::vector{fast, small};
}

std::vector<std::string> choice_words(const Comparison& comparison, const Results& results) {
  if (!comparison.best) return {};
  const auto [level, near, undecided] = level_with_the_best(comparison);
  if (level.size() == 1) {
    const bool all_told = std::ranges::all_of(behind_the_best(comparison), [](const Behind& other) {
      return other.gap.ci95 || other.gap.equal();
    });
    return {text(all_told ? "Take " : "The setting of ",
                 setting_words(comparison, results, *comparison.best))};
  }
  const std::string told = level_words(comparison, level) + undecided_words(comparison, undecided);
  const Choice choice = choice_of(comparison, near);
  const std::string why = near.size() == 1 ? "" : why_words(comparison, near, choice);
  std::vector<std::string> words;
  if (undecided.empty()) {
    words.push_back(text(told, ": ", why, "."));
  } else {
    words.push_back(told + ".");
    if (!why.empty())
      words.push_back(
          text("Near the best are ", listed(names_at(comparison, near)), ": ", why, "."));
  }
  words.push_back("Take " + setting_words(comparison, results, choice.fast));
  if (choice.small != choice.fast)
    words.push_back("Or, for less state, " + setting_words(comparison, results, choice.small));
  return words;
}

}  // namespace ravine::report
