#include "ravine/report/comparison_warnings.hpp"

#include <algorithm>
#include <cmath>

#include "ravine/report/comparison_gap.hpp"
#include "ravine/report/comparison_numbers.hpp"
#include "ravine/report/comparison_settings.hpp"
#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

using compare::Comparison;
using compare::Standing;

/// The names of those standings of which something holds.
template <class Holds>
std::vector<std::string> names_where(const Comparison& comparison, const Holds& holds) {
  const std::vector<std::string> names = shown_names(comparison);
  std::vector<std::string> found;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (holds(comparison.standings[i])) found.push_back(names[i]);
  return found;
}

std::string diverged_words(const Comparison& comparison) {
  const std::vector<std::string> names = shown_names(comparison);
  std::vector<std::string> items;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto& tuned = comparison.standings[i].tuned;
    if (tuned && tuned->diverged != 0)
      items.push_back(text(names[i], " in ", tuned->diverged, " of ", tuned->runs.size()));
  }
  return items.empty() ? "" : text("Runs diverged, and are in no mean: ", listed(items), ".");
}

/// Of settings whose trials came to more than their fresh runs do on the same validation part.
std::string luck_words(const Comparison& comparison) {
  const std::vector<std::string> names = shown_names(comparison);
  const int decimals = decimals_of(comparison);
  std::vector<std::string> items;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Standing& standing = comparison.standings[i];
    if (!standing.lucky || standing.tuned->diverged != 0) continue;
    const compare::Summary& fresh = *standing.tuned->validation_metric;
    items.push_back(text(names[i], " (validation ", comparison.metric.name, " ",
                         signed_text(*standing.selected_validation, decimals), " in its trial, ",
                         signed_text(fresh.mean, decimals), " in the mean of ",
                         counted(fresh.n, "fresh run"), ")"));
  }
  return items.empty()
             ? ""
             : text("Selected by luck: ", listed(items),
                    "; better settings may have been passed over, for which more trials do "
                    "not help, but a larger --validation or another "
                    "--seed may.");
}

/// Of settings whose trials finished where fresh runs did not.
std::string lucky_end_words(const Comparison& comparison) {
  const auto names = names_where(comparison, [](const Standing& standing) {
    return standing.lucky && standing.tuned->diverged != 0;
  });
  const bool one = names.size() == 1;
  return names.empty() ? ""
                       : text("The ", one ? "trial" : "trials", " of ", listed(names),
                              " finished by luck, as fresh runs at ", one ? "its" : "their",
                              one ? " setting" : " settings",
                              " diverged: a narrower --range or another --seed may help.");
}

std::string no_trial_words(const Comparison& comparison) {
  const auto names =
      names_where(comparison, [](const Standing& standing) { return !standing.tuned; });
  return names.empty() ? ""
                       : text("No trial of ", joined(names, " or "),
                              " finished, so that there is nothing to judge.");
}

std::string edge_words(const Comparison& comparison) {
  const auto names =
      names_where(comparison, [](const Standing& standing) { return standing.at_edge; });
  if (names.empty()) return "";
  return text("The best ", names.size() == 1 ? "setting of " : "settings of ", listed(names),
              names.size() == 1 ? " lies" : " lie",
              " at an edge of all that was tried: a wider --range might do better.");
}

std::string widened_words(const Comparison& comparison) {
  const std::vector<std::string> names = shown_names(comparison);
  std::vector<std::string> items;
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::vector<std::string> fields;
    for (const compare::Widening& widening : comparison.standings[i].widenings)
      if (std::ranges::find(fields, widening.field) == fields.end())
        fields.push_back(widening.field);
    if (!fields.empty()) items.push_back(text(listed(fields), " of ", names[i]));
  }
  return items.empty() ? ""
                       : text(
                             "The search space was widened, as the best trial stood at an end of "
                             "it: ",
                             listed(items), ".");
}

std::string stopped_words(const Comparison& comparison) {
  std::size_t stopped = 0;
  for (const Standing& standing : comparison.standings) stopped += standing.stopped_trials;
  return stopped == 0 ? ""
                      : text(counted(stopped, "trial"), stopped == 1 ? " was" : " were",
                             " given up early, for being worse than the median of those before.");
}

std::string seeds_words(std::size_t seeds) {
  if (seeds == 1) return "One seed cannot tell optimizers apart: five or more can.";
  if (seeds < compare::least_for_bootstrap)
    return text("Intervals over ", seeds,
                " seeds are Student's, and wide: five or more tell more.");
  return "";
}

std::string test_part_words(const Comparison& comparison) {
  if (!comparison.metric.higher_is_better) return "";
  const std::vector<std::string> names = shown_names(comparison);
  const double example = 1 / static_cast<double>(comparison.facts.test_examples);
  std::vector<std::string> closer;
  for (const auto& [standing, gap] : behind_the_best(comparison))
    if (gap.size != 0 && std::abs(gap.size) < example) closer.push_back(names[standing]);
  return closer.empty() ? ""
                        : text("One of the ", grouped(comparison.facts.test_examples),
                               " test examples is ", significant(example, 2),
                               " of accuracy, more than the difference to ", listed(closer), ".");
}

}  // namespace

std::vector<std::string> warning_words(const Comparison& comparison,
                                       const compare::Options& options) {
  return {luck_words(comparison),
          diverged_words(comparison),
          lucky_end_words(comparison),
          no_trial_words(comparison),
          edge_words(comparison),
          widened_words(comparison),
          stopped_words(comparison),
          seeds_words(options.seeds),
          test_part_words(comparison),
          options.tuning.trials == 1 ? "Nothing was tuned: each ran at the settings given and "
                                       "otherwise at its defaults, and tuning may change the order."
                                     : ""};
}

}  // namespace ravine::report
