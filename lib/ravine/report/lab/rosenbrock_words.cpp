#include "ravine/report/lab/rosenbrock_words.hpp"

#include <algorithm>

#include "ravine/report/lab/rosenbrock_runs.hpp"
#include "ravine/report/lab/settings_words.hpp"
#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

using lab::Rosenbrock;
using lab::RosenbrockRun;

std::string bound_sentence(const Rosenbrock& result) {
  const double bound = result.lower_bound.back();
  const std::string sentence =
      "Each gradient tells of one more number along the chain: after k steps all but the first k "
      "still stand at 0, where they started. So the largest error is at least the next number's "
      "place at the minimum, ";
  if (result.options.steps >= result.options.function.n)
    return text(sentence, "until word has come to the end of the chain at step ",
                grouped(result.options.function.n), ".\n");
  return text(
      sentence, bound > 0 ? significant(bound) : "too small for a number of double precision",
      " after ", counted(result.options.steps, "step"), " and ",
      factor_text(lab::decay(result.options.function)), " times that after each further step.\n");
}

std::string names_of(const std::vector<const RosenbrockRun*>& runs) {
  std::vector<std::string> names;
  names.reserve(runs.size());
  for (const RosenbrockRun* run : runs) names.push_back(run->name);
  return listed(names);
}

/// "none beats", or which do.
std::string who_beats(const std::vector<const RosenbrockRun*>& runs) {
  std::vector<const RosenbrockRun*> beating;
  for (const RosenbrockRun* run : runs)
    if (run->beats_bound) beating.push_back(run);
  if (beating.empty()) return "none beats";
  return names_of(beating) + (beating.size() == 1 ? " beats" : " beat");
}

std::string verdict_sentence(const Rosenbrock& result) {
  const auto in_class = linear_runs(result);
  const RosenbrockRun& best = nearest(result, in_class);
  std::string sentence =
      text("Of the ", in_class.size(), " linear first-order rules, ", names_of(in_class), ", ",
           who_beats(in_class), " this bound; the nearest to the minimum in the end is ", best.name,
           ", with an error of ", significant(last_error(result, best)));
  if (reaches_bound(result, best))
    sentence += ", the bound itself";
  else if (const auto times = times_bound(result, best))
    sentence += text(", ", significant(*times), " times the bound");
  return sentence + ".\n";
}

/// Why one may be where the others may not.
std::string other_sentence(const RosenbrockRun& run) {
  std::string sentence = run.name;
  if (!run.gradients.empty() && run.gradients.back() + 1 > run.gradients.size())
    sentence += text(" took ", counted(run.gradients.back(), "gradient"), " for its ",
                     counted(run.gradients.size() - 1, "step"), ", and");
  sentence += run.beats_bound ? " goes below the bound" : " stays above the bound";
  if (run.beats_bound && !run.beats_bound_per_gradient)
    sentence += " by steps, but not when its gradients are counted";
  return sentence + ".";
}

std::string outside_sentences(const Rosenbrock& result) {
  const auto diagonal = other_diagonal_runs(result);
  const auto others = other_runs(result);
  std::vector<const RosenbrockRun*> outside = diagonal;
  outside.insert(outside.end(), others.begin(), others.end());
  if (outside.empty()) return "";
  std::string sentences =
      outside.size() == 1
          ? text("Outside the class is ", names_of(outside), ".")
          : text("Outside the class are ", outside.size(), ": ", names_of(outside), ".");
  if (!diagonal.empty())
    sentences +=
        text(" ", diagonal.size(), diagonal.size() == 1 ? " of them leaves" : " of them leave",
             " a number at 0 until its first gradient that is not 0: the bound holds there, too, "
             "and ",
             who_beats(diagonal), " it.");
  for (const RosenbrockRun* run : others) sentences += " " + other_sentence(*run);
  return sentences + "\n";
}

/// Of the rules that have no best settings in closed form.
std::string search_sentence(const Rosenbrock& result) {
  const bool any = std::ranges::any_of(
      result.runs, [](const RosenbrockRun& run) { return run.choice == lab::Choice::search; });
  if (!any) return "";
  const std::vector<double> tried = lab::rates_tried();
  return text("Where it was chosen by search the learning rate is the best of ", tried.size(),
              " from ", significant(tried.front()), " to ", significant(tried.back()),
              ": the one with the least error after the last step.\n");
}

/// Whether momentum is the best of the class in the long run.
std::string limit_clause(const Rosenbrock& result) {
  const auto& [kappa, n] = result.options.function;
  // In a chain much shorter than sqrt kappa the curvatures stay apart from both ends.
  if (result.condition_number <= 0.9 * kappa)
    return ". The chain is short: its condition number is below κ, and after n steps the bound is "
           "0, so it says nothing of the rate.\n";
  if (result.options.steps >= n) return ".\n";
  return ", as the bound goes down: no method of the class has a better rate.\n";
}

std::string gain_sentence(const Rosenbrock& result) {
  return text("At the condition number ", significant(result.condition_number),
              " gradient descent at its best takes the error down by the factor ",
              factor_text(lab::best_descent(result.smallest, result.largest).rate),
              " a step in the long run, momentum by ",
              factor_text(lab::best_momentum(result.smallest, result.largest).rate),
              limit_clause(result));
}

}  // namespace

std::string rosenbrock_words(const Rosenbrock& result) {
  return bound_sentence(result) + verdict_sentence(result) + gain_sentence(result) +
         outside_sentences(result) + search_sentence(result);
}

}  // namespace ravine::report
