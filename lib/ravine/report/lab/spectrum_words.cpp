#include "ravine/report/lab/spectrum_words.hpp"

#include <algorithm>
#include <cmath>

#include "ravine/lab/steps_to_tolerance.hpp"
#include "ravine/optim/common_fields.hpp"
#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

using lab::DescentForecast;
using lab::SharpnessPath;
using lab::Spectrum;

std::string readable(double number) { return significant(number, 3); }

std::string steps_text(std::size_t count) {
  return text(grouped(count), count == 1 ? " step" : " steps");
}

// --- Linear models

std::string curvature_sentence(const SpectrumStudy& study) {
  const Spectrum& result = study.result;
  const std::size_t left_out = result.gram->eigenvalues.size() - result.gram->rank;
  std::string sentence =
      text("The loss is a quadratic of the weights, with curvatures from ",
           readable(result.smallest), " to ", readable(result.largest), ": condition number ",
           significant(*result.condition_number, 4), ". All else follows before training.");
  if (left_out > 0)
    sentence += text(" ", left_out, left_out == 1 ? " curvature is" : " curvatures are",
                     " 0 but for rounding, of columns that are constant or depend on each other: "
                     "descent does not move there, and the smallest that counts is above.");
  return sentence + "\n";
}

std::string outcome_text(const DescentForecast& forecast) {
  const std::string predicted = forecast.predicted_steps ? steps_text(*forecast.predicted_steps)
                                : forecast.not_within
                                    ? text("more than ", steps_text(*forecast.not_within))
                                    : "no number of steps";
  if (!forecast.measured) return text(predicted, " predicted");
  const std::size_t taken = forecast.measured->gaps.size() - 1;
  return text(predicted, " predicted, ",
              forecast.measured->steps ? grouped(*forecast.measured->steps)
                                       : text("not there after ", grouped(taken)),
              " measured");
}

std::string steps_sentence(const SpectrumStudy& study) {
  const Spectrum& result = study.result;
  return text("From weights 0 to a loss ", readable(result.tolerance), " above its minimum ",
              significant(result.gram->least_loss, 4),
              ", with the target standardised as the features are: ", descent_label, " ",
              outcome_text(result.descent), "; ", momentum_label(), " ",
              outcome_text(result.momentum), ".\n");
}

std::string gain_sentence(const Spectrum& result) {
  const double slow = *result.descent.rate;
  const double fast = *result.momentum.rate;
  constexpr double rounding = 1e-6;
  if (slow < rounding) return "All curvatures are the same: one step is enough.\n";
  return text("In the long run each step takes the slowest error down to ", below_one(slow),
              " of itself with ", descent_label, " and to ", below_one(fast), " with ",
              momentum_label(), ": a step with it is worth ",
              readable(std::log(fast) / std::log(slow)),
              " without, about the root of the condition number, ",
              readable(std::sqrt(*result.condition_number)), ".\n");
}

// --- Networks

/// Which of the two ends is not yet as exact as it should be, and how exact it is.
std::string inexact_text(const Spectrum& result) {
  const double enough = lab::flat_share * result.largest;
  std::vector<std::string> ends;
  const auto add = [&](const char* end, double error) {
    if (error > enough) ends.push_back(text(end, " is right to ", readable(error)));
  };
  add("the smallest", result.lanczos->smallest_error);
  add("the largest", result.lanczos->largest_error);
  return text(" (not yet exact: ", joined(ends), ")");
}

std::string ends_sentence(const SpectrumStudy& study) {
  const Spectrum& result = study.result;
  const bool is_flat = std::abs(result.smallest) <= lab::flat_share * result.largest;
  std::string sentence =
      text("At the initial weights of seed ", study.options.seed, " the loss is ",
           significant(result.lanczos->loss, 4), ", and its curvatures go from ",
           is_flat ? "0" : readable(result.smallest), " to L = ", readable(result.largest), ", by ",
           result.lanczos->products, " products with the Hessian");
  if (!result.lanczos->converged) sentence += inexact_text(result);
  sentence += ".";
  if (result.condition_number)
    return sentence + text(" Condition number ", significant(*result.condition_number, 4),
                           ", as long as the curvature stays so.\n");
  sentence +=
      " The smallest is not above 0, so that there is no condition number, and no number "
      "of steps to predict:";
  if (result.architecture.kind == train::ModelKind::logistic)
    return sentence + " cross-entropy does not change when all logits of an example shift.\n";
  return sentence +
         " the loss of a network has flat directions, and others along which it curves down.\n";
}

std::string limit_sentence(const Spectrum& result) {
  const double beta = result.momentum.settings.momentum;
  return text(
      "While the curvature stays what it is, ", descent_label,
      " is stable up to a learning rate of 2/L = ", readable(result.descent.largest_stable_lr),
      ", ", momentum_label(), " ", readable(beta), " up to (2 + 2 * ", readable(beta),
      ")/L = ", readable(result.momentum.largest_stable_lr),
      ". Half of these is what the curvature suggests.\n");
}

std::string height_text(const SharpnessPath& path) {
  const auto highest = std::ranges::max_element(path.sharpness, {}, &lab::Sharpness::value);
  if (highest->step == 0) return "The sharpness was highest at the start";
  return text("The sharpness rose to ", readable(highest->value), " by step ",
              grouped(highest->step));
}

std::string crossing_text(const SharpnessPath& path) {
  const auto above = [&](const lab::Sharpness& look) { return look.value > path.limit; };
  const auto first = std::ranges::find_if(path.sharpness, above);
  if (first == path.sharpness.end()) return ", never above the limit";
  if (first->step == 0) return "";
  return text(", above the limit as of step ", grouped(first->step));
}

std::string uphill_text(const SharpnessPath& path) {
  const std::size_t taken = path.losses.size() - 1;
  const double first = path.losses.front();
  const std::string ends =
      text(" (from ", significant(first, 4), " to ", significant(path.losses.back(), 4), ")");
  const std::vector<std::size_t> uphill = steps_uphill(path);
  if (path.diverged) return text("the run was no longer finite after ", steps_text(taken + 1));
  if (uphill.empty()) return text("the loss fell in all of ", steps_text(taken), ends);
  std::string result = text("the loss rose in ", grouped(uphill.size()), " of ", steps_text(taken),
                            ", at first in step ", grouped(uphill.front()), ends);
  const double highest = *std::ranges::max_element(path.losses);
  if (highest > first)
    result += text(", to ", readable(highest / first), " times the start's at most");
  return result;
}

std::string path_sentence(const std::string& rule, const SharpnessPath& path) {
  const double start = path.sharpness.front().value;
  const bool is_below = start <= path.limit;
  const bool swings = path.settings.momentum != 0;
  std::string sentence =
      text(rule, " at ", optim::lr_name, " ", readable(path.settings.lr),
           " is stable up to a sharpness of ", swings ? "(2 + 2 beta)" : "2", "/", optim::lr_name,
           " = ", readable(path.limit), ". At the start it is ", readable(start), ", ");
  if (is_below && swings) sentence += "below, so that training may swing but not blow up: ";
  if (is_below && !swings)
    sentence += "below, so that training is to go downhill while that is so: ";
  if (!is_below) sentence += "above, so that steps grow along the sharpest direction: ";
  sentence += uphill_text(path) + ". " + height_text(path) + crossing_text(path) + ".\n";
  sentence.front() = static_cast<char>(std::toupper(sentence.front()));
  return sentence;
}

}  // namespace

std::string below_one(double number) {
  constexpr double shown = 1e-4;
  const double left = 1 - number;
  return left >= shown ? fixed(number, 4) : text("1 - ", readable(left));
}

std::string rounding_text(const SpectrumStudy& study) {
  if (study.rounded.empty()) return "";
  const lab::RoundedColumn& worst = study.rounded.front();
  const std::size_t more = study.rounded.size() - 1;
  std::string others;
  if (more > 0) others = text(", and ", more, " more", more == 1 ? " column" : " columns");
  return text("column '", worst.name, "'", others, ": values up to ", readable(worst.distance),
              " times the spread are read as float32, right to ", readable(worst.error),
              " of it at worst, and what is shown may be of the rounding (subtract a constant from "
              "the column)");
}

std::string momentum_label() { return std::string(optim::momentum_name); }

std::vector<std::size_t> steps_uphill(const SharpnessPath& path) {
  std::vector<std::size_t> steps;
  for (std::size_t k = 1; k < path.losses.size(); ++k)
    if (path.losses[k] > path.losses[k - 1]) steps.push_back(k);
  return steps;
}

std::string spectrum_title(const SpectrumStudy& study) {
  const auto& [kind, layers, activation] = study.result.architecture;
  std::string title = text(study.source, ", ", name_of(kind), " ", joined(layers, "-"));
  if (layers.size() > 2) title += text(" ", name_of(activation));
  title += text(": ", grouped(study.result.examples), " examples");
  if (study.result.examples != study.available) title += text(" of ", grouped(study.available));
  title += text(", ", grouped(study.result.parameters), " parameters");
  if (study.result.gram)
    title += text(", condition number ", significant(*study.result.condition_number, 4));
  else
    title += text(", largest curvature L = ", readable(study.result.largest));
  return title;
}

std::string spectrum_findings(const SpectrumStudy& study) {
  const Spectrum& result = study.result;
  std::string findings;
  if (!study.rounded.empty()) findings = text("Beware of ", rounding_text(study), ".\n");
  if (result.gram)
    return findings + curvature_sentence(study) + steps_sentence(study) + gain_sentence(result);
  findings += ends_sentence(study) + limit_sentence(result);
  if (result.descent.path) findings += path_sentence(descent_label, *result.descent.path);
  if (result.momentum.path) findings += path_sentence(momentum_label(), *result.momentum.path);
  return findings;
}

}  // namespace ravine::report
