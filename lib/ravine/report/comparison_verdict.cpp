#include "ravine/report/comparison_verdict.hpp"

#include <algorithm>
#include <cmath>

#include "ravine/report/comparison_gap.hpp"
#include "ravine/report/comparison_numbers.hpp"
#include "ravine/report/comparison_settings.hpp"
#include "ravine/report/number.hpp"
#include "ravine/report/one_line.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

using compare::Comparison;
using compare::Standing;

std::string with_interval(double value, const std::optional<compare::Interval>& ci95,
                          int decimals) {
  const std::string number = signed_text(value, decimals);
  return ci95 ? text(number, " ", interval_text(*ci95, decimals)) : number;
}

compare::Interval negative(const compare::Interval& interval) {
  return {-interval.high, -interval.low};
}

/// What a gap amounts to: examples, or a share of the error of the best.
std::string worth(const Comparison& comparison, double size) {
  if (comparison.metric.higher_is_better) {
    const double examples = std::round(size * static_cast<double>(comparison.facts.test_examples));
    if (examples < 1) return "";
    return text(" (about ", grouped(static_cast<std::size_t>(examples)), " of the ",
                grouped(comparison.facts.test_examples), " test examples)");
  }
  const double error = comparison.standings[*comparison.best].tuned->test_metric->mean;
  if (!(error > 0)) return "";
  const double percent = 100 * size / error;
  return text(" (", percent < 10 ? significant(percent, 2) : fixed(percent, 0), " %)");
}

std::string within_noise_words(const Comparison& comparison, const std::vector<Behind>& level) {
  const std::vector<std::string> names = shown_names(comparison);
  const int decimals = decimals_of(comparison);
  if (level.empty()) return "";
  const auto size = [&](const Behind& other) {
    return with_interval(other.gap.size, other.gap.ci95, decimals);
  };
  if (level.size() == 1)
    return text("The difference to ", names[level[0].standing], ", ", size(level[0]),
                ", is within noise.");
  std::vector<std::string> items;
  items.reserve(level.size());
  for (const Behind& other : level)
    items.push_back(text(names[other.standing], " (", size(other), ")"));
  return text("Within noise are the differences to ", listed(items), ".");
}

std::string worse_words(const Comparison& comparison, const std::vector<Behind>& worse) {
  const std::vector<std::string> names = shown_names(comparison);
  std::vector<std::string> items;
  items.reserve(worse.size());
  for (const auto& [standing, gap] : worse)
    items.push_back(text(names[standing], " by ",
                         with_interval(gap.size, gap.ci95, decimals_of(comparison)),
                         worth(comparison, gap.size)));
  return items.empty() ? "" : text("Worse beyond noise at these settings: ", listed(items), ".");
}

/// Of an optimizer that is better on the seeds that it finished, and diverged on others.
std::string lucky_words(const Comparison& comparison, const Behind& lucky) {
  return text(shown_names(comparison)[lucky.standing], " does better by ",
              with_interval(-lucky.gap.size, {}, decimals_of(comparison)), " on the ",
              counted(lucky.gap.n, "seed"), " that it finished, but diverged on others.");
}

std::string names_words(const Comparison& comparison, const std::string& what,
                        const std::vector<Behind>& others) {
  const std::vector<std::string> names = shown_names(comparison);
  std::vector<std::string> items;
  items.reserve(others.size());
  for (const Behind& other : others) items.push_back(names[other.standing]);
  return items.empty() ? "" : text(what, " ", listed(items), ".");
}

/// What tuning gained one optimizer, which has a tuned setting; of a loss beyond noise, see
/// `loss_words`.
std::string gain_words(const Comparison& comparison, std::size_t i) {
  const Standing& standing = comparison.standings[i];
  const std::string name = shown_names(comparison)[i];
  if (standing.trials.size() < 2) return text("Nothing of ", name, " was left to tune.");
  if (standing.tuned->settings == standing.defaults.settings)
    return text("No trial of ", name, " did better than its defaults.");
  const auto [size, n, ci95] = gain_of_tuning(standing, comparison.metric);
  if (n == 0) return text("The defaults of ", name, " finished no run to hold tuning against.");
  const int decimals = decimals_of(comparison);
  const std::string gained = with_interval(size, ci95, decimals);
  if (!ci95)
    return text("What tuning gained ", name, ", ", gained, ", is of too few seeds to tell.");
  if (ci95->contains(0) && size < 0)
    return text("On average ", name, " is worse tuned than at its defaults, by ",
                with_interval(-size, negative(*ci95), decimals), ", which is within noise.");
  if (ci95->contains(0))
    return text("What tuning gained ", name, " over its defaults, ", gained, ", is within noise.");
  return size > 0 ? text("Tuning improved ", name, " by ", gained, " over its defaults.") : "";
}

/// Of those whose defaults are better beyond noise.
std::string loss_words(const Comparison& comparison) {
  const std::vector<std::string> names = shown_names(comparison);
  std::vector<std::string> items;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Gap gain = gain_of_tuning(comparison.standings[i], comparison.metric);
    if (!gain.beyond_noise() || gain.size > 0) continue;
    items.push_back(text(names[i], " (by ",
                         with_interval(-gain.size, negative(*gain.ci95), decimals_of(comparison)),
                         ")"));
  }
  if (items.empty()) return "";
  const std::string their = items.size() == 1 ? "its" : "their";
  return text("Tuning made ", listed(items), " worse on the test part than ", their,
              " defaults: ", their, " settings were selected on ",
              grouped(comparison.facts.validation_examples), " validation examples.");
}

/// What so many examples leave open of an accuracy, at 95 %: 1.96 binomial standard errors. These
/// are 0 where all are right, or none: a rate of mistakes, or hits, below 1 - 0.05^(1/n) shows none
/// of them more often than once in twenty times.
std::string open_by_test_part(double accuracy, std::size_t examples) {
  const auto n = static_cast<double>(examples);
  const double error = std::sqrt(accuracy * (1 - accuracy) / n);
  const std::string alone = text("the ", grouped(examples), " test examples alone leave ");
  return error > 0 ? text(alone, "± ", significant(1.96 * error, 2), " open")
                   : text(alone, significant(1 - std::pow(0.05, 1 / n), 2), " open");
}

/// Whether a result is not the same for each seed, as far as there are several.
bool varies(const compare::Summary& result) {
  return result.n == 1 || (result.ci95 && result.ci95->low < result.ci95->high);
}

/// The names of those whose mean is the best but for rounding, and of which something holds.
template <class Holds>
std::vector<std::string> best_names(const Comparison& comparison, const Holds& holds) {
  const std::vector<std::string> all = shown_names(comparison);
  const double mean = comparison.standings[*comparison.best].tuned->test_metric->mean;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Standing& standing = comparison.standings[i];
    if (!standing.none_diverged()) continue;
    const compare::Summary& result = *standing.tuned->test_metric;
    if (std::abs(result.mean - mean) <= 1e-12 * mean && holds(result)) names.push_back(all[i]);
  }
  return names;
}

/// `0.972 (95 % interval [0.968, 0.976]) over 5 seeds`; where these do not vary, what is open in
/// spite of that.
std::string mean_words(const Comparison& comparison, const std::vector<std::string>& sharing) {
  const std::size_t best = *comparison.best;
  const compare::Summary& result = *comparison.standings[best].tuned->test_metric;
  const int decimals = decimals_of(comparison);
  const std::string mean = signed_text(result.mean, decimals);
  const std::string seeds = counted(result.n, "seed");
  if (varies(result)) {
    const std::string whose = sharing.size() > 1 ? " of " + shown_names(comparison)[best] : "";
    return text(mean,
                result.ci95 ? text(" (95 % interval", whose, " ",
                                   interval_text(*result.ci95, decimals), ")")
                            : "",
                " over ", seeds);
  }
  const auto steady = best_names(comparison, [](const auto& its) { return !varies(its); });
  const std::string same = text(mean, ", the same for each of ", seeds,
                                steady == sharing ? "" : " of " + listed(steady));
  return comparison.metric.higher_is_better
             ? text(same, "; ", open_by_test_part(result.mean, comparison.facts.test_examples))
             : same;
}

}  // namespace

std::string best_words(const Comparison& comparison) {
  const std::string data = in_prose(comparison.facts.name);
  if (!comparison.best)
    return text("On ", data, " no optimizer finished all its runs, so that none is the best.");
  const Standing& best = comparison.standings[*comparison.best];
  const compare::Summary& result = *best.tuned->test_metric;
  const bool several = comparison.standings.size() > 1;
  const std::string extreme = comparison.metric.higher_is_better ? "the highest" : "the lowest";
  const bool all_finished = std::ranges::all_of(comparison.standings, &Standing::none_diverged);
  const auto names = best_names(comparison, [](const auto&) { return true; });
  return text(listed(names), names.size() > 1 ? " share " : " has ", several ? extreme : "a",
              result.n > 1 ? " mean" : "", " test ", comparison.metric.name, " on ", data,
              several && !all_finished ? " among those that finished all their runs, " : ", ",
              mean_words(comparison, names), ".");
}

std::vector<std::string> others_words(const Comparison& comparison) {
  if (!comparison.best || comparison.standings[*comparison.best].tuned->test_metric->n == 1)
    return {};
  std::vector<Behind> level;
  std::vector<Behind> worse;
  std::vector<Behind> equal;
  std::vector<Behind> unknown;
  std::vector<std::string> words;
  for (const Behind& other : behind_the_best(comparison)) {
    if (!comparison.standings[other.standing].tuned) continue;
    if (other.gap.equal())
      equal.push_back(other);
    else if (other.gap.within_noise())
      level.push_back(other);
    else if (!other.gap.ci95)
      unknown.push_back(other);
    else if (other.gap.size > 0)
      worse.push_back(other);
    else
      words.push_back(lucky_words(comparison, other));
  }
  words.insert(
      words.begin(),
      {names_words(comparison,
                   text("Equal to ", shown_names(comparison)[*comparison.best], " on every seed:"),
                   equal),
       within_noise_words(comparison, level), worse_words(comparison, worse)});
  words.push_back(names_words(comparison, "Too few seeds were finished to tell it from", unknown));
  return words;
}

std::vector<std::string> gain_words(const Comparison& comparison,
                                    const std::vector<std::size_t>& taken) {
  std::vector<std::string> words;
  if (comparison.best) {
    std::vector<std::size_t> told{*comparison.best};
    const auto tell = [&](std::size_t i) {
      if (std::ranges::find(told, i) == told.end()) told.push_back(i);
    };
    std::ranges::for_each(taken, tell);
    std::optional<std::size_t> most;
    double most_gained = 0;
    for (std::size_t i = 0; i < comparison.standings.size(); ++i) {
      const Gap gain = gain_of_tuning(comparison.standings[i], comparison.metric);
      if (!gain.beyond_noise() || gain.size <= most_gained) continue;
      most = i;
      most_gained = gain.size;
    }
    if (most) tell(*most);
    for (const std::size_t i : told) words.push_back(gain_words(comparison, i));
  }
  words.push_back(loss_words(comparison));
  return words;
}

}  // namespace ravine::report
