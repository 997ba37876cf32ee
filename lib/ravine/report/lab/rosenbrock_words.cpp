#include "ravine/report/lab/rosenbrock_words.hpp"

#include "ravine/report/lab/rosenbrock_runs.hpp"
#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

using lab::Rosenbrock;
using lab::RosenbrockRun;

std::string readable(double number) { return significant(number, 3); }

/// Short of 1 by what would be rounded away, too.
std::string factor(double number) {
  return number > 0.9995 ? text("1−", significant(1 - number, 2)) : significant(number, 4);
}

std::string bound_sentence(const Rosenbrock& result) {
  const double bound = result.lower_bound.back();
  const std::string sentence =
      "Each gradient tells of one more number along the chain: after k steps all but the first k "
      "still stand at 0, where they started. So the largest error is at least the next number's "
      "place at the minimum, ";
  if (result.options.steps >= result.options.function.n)
    return text(sentence, "until word has come to the end of the chain at step ",
                grouped(result.options.function.n), ".\n");
  return text(sentence, bound > 0 ? readable(bound) : "too small for a number of double precision",
              " after ", grouped(result.options.steps), " steps and less by the factor ",
              factor(lab::decay(result.options.function)), " with each more.\n");
}

std::string names_of(const std::vector<const RosenbrockRun*>& runs) {
  std::vector<std::string> names;
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
  const double bound = result.lower_bound.back();
  std::string sentence =
      text("Of the ", in_class.size(), " linear first-order rules, ", names_of(in_class), ", ",
           who_beats(in_class), " this bound; the nearest to the minimum in the end is ", best.name,
           ", with an error of ", readable(last_error(result, best)));
  if (reaches_bound(result, best))
    sentence += ", the bound itself";
  else if (bound > 0)
    sentence += text(", ", readable(last_error(result, best) / bound), " times the bound");
  return sentence + ".\n";
}

/// Why one may be where the others may not.
std::string other_sentence(const RosenbrockRun& run) {
  std::string sentence = run.name;
  if (!run.gradients.empty() && run.gradients.back() + 1 > run.gradients.size())
    sentence += text(" took ", grouped(run.gradients.back()), " gradients for its ",
                     grouped(run.gradients.size() - 1), " steps, and");
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
        text(" ", diagonal.size(), " of them weigh each number's own gradients, by what ",
             "these are: the bound holds for them, too, and ", who_beats(diagonal), " it.");
  for (const RosenbrockRun* run : others) sentences += " " + other_sentence(*run);
  return sentences + "\n";
}

std::string gain_sentence(const Rosenbrock& result) {
  // In a chain much shorter than sqrt kappa the curvatures stay apart from both ends.
  const bool is_long = result.condition_number > 0.9 * result.options.function.kappa;
  return text("At the condition number ", significant(result.condition_number, 4),
              " gradient descent at its best takes the error down by the factor ",
              factor(lab::best_descent(result.smallest, result.largest).rate),
              " a step in the long run, momentum by ",
              factor(lab::best_momentum(result.smallest, result.largest).rate),
              is_long ? ", as the bound goes down: no method of the class has a better rate.\n"
                      : ". The chain is too short for a condition number near kappa, and the bound "
                        "falls more slowly than momentum may once word has come to its end.\n");
}

}  // namespace

std::string rosenbrock_words(const Rosenbrock& result) {
  return bound_sentence(result) + verdict_sentence(result) + gain_sentence(result) +
         outside_sentences(result);
}

}  // namespace ravine::report
