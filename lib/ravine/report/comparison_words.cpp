#include "ravine/report/comparison_words.hpp"

#include <algorithm>

#include "ravine/report/comparison_choice.hpp"
#include "ravine/report/comparison_gap.hpp"
#include "ravine/report/comparison_numbers.hpp"
#include "ravine/report/comparison_settings.hpp"
#include "ravine/report/comparison_verdict.hpp"
#include "ravine/report/comparison_warnings.hpp"
#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

using compare::Comparison;

void append(std::vector<std::string>& words, const std::vector<std::string>& more) {
  for (const std::string& sentence : more)
    if (!sentence.empty()) words.push_back(sentence);
}

/// On how many datasets each contender was the best or within noise of it.
std::vector<std::size_t> times_level(const Results& results) {
  std::vector<std::size_t> times(results.options.contenders.size());
  for (const Comparison& comparison : results.comparisons) {
    if (!comparison.best) continue;
    ++times[*comparison.best];
    for (const auto& [standing, gap] : behind_the_best(comparison))
      if (gap.level() && comparison.standings[standing].none_diverged()) ++times[standing];
  }
  return times;
}

std::string level_words(const Results& results) {
  const std::vector<std::string> names = shown_names(results.comparisons.front());
  const std::vector<std::size_t> times = times_level(results);
  std::vector<std::size_t> order(names.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, std::ranges::greater{}, [&](std::size_t i) { return times[i]; });
  std::vector<std::string> items;
  items.reserve(order.size());
  for (const std::size_t i : order) items.push_back(text(names[i], " on ", times[i]));
  return text("Best or within noise of the best, of ", results.comparisons.size(),
              " datasets: ", listed(items), ".");
}

/// Who needs the fewest steps to the target most often.
std::string profile_words(const Results& results) {
  const std::vector<std::string> names = shown_names(results.comparisons.front());
  std::vector<std::string> fastest;
  double most = 0;
  for (std::size_t i = 0; i < results.profiles.size(); ++i) {
    const compare::Profile& profile = results.profiles[i];
    const double share = profile.share.empty() ? 0 : profile.share.front();
    if (share > most) fastest.clear();
    if (share > 0 && share >= most) fastest.push_back(names[i]);
    most = std::max(most, share);
  }
  if (fastest.empty()) return "";
  const bool one = fastest.size() == 1;
  return text(listed(fastest), one ? " is" : " are",
              " most often at the target in the fewest epochs, ", one ? "in " : "each in ",
              fixed(100 * most, 0), " % of all pairs of a dataset and a seed.");
}

}  // namespace

std::vector<std::string> words_on(const Comparison& comparison, const Results& results) {
  std::vector<std::string> words;
  append(words, {best_words(comparison)});
  append(words, others_words(comparison));
  append(words, choice_words(comparison, results));
  if (results.options.tuning.trials > 1) append(words, gain_words(comparison, taken(comparison)));
  append(words, warning_words(comparison, results.options));
  return words;
}

std::vector<std::string> words_on(const Results& results) {
  if (results.comparisons.size() == 1) return words_on(results.comparisons.front(), results);
  std::vector<std::string> words;
  append(words, {level_words(results), profile_words(results)});
  for (const Comparison& comparison : results.comparisons) append(words, {best_words(comparison)});
  return words;
}

}  // namespace ravine::report
