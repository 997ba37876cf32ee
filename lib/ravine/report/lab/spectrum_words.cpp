#include "ravine/report/lab/spectrum_words.hpp"

#include <algorithm>
#include <cmath>

#include "ravine/lab/modes.hpp"
#include "ravine/optim/common_fields.hpp"
#include "ravine/report/lab/spectrum_advice.hpp"
#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

using lab::DescentForecast;
using lab::SharpnessPath;
using lab::Spectrum;

/// Three digits, or all of a whole number in groups: 3.57, 2,668.
std::string amount(double number) {
  constexpr double whole = 1000;
  constexpr double countable = 1e15;
  if (number >= whole && number < countable)
    return grouped(static_cast<std::size_t>(std::llround(number)));
  return readable(number);
}

std::string tenth_text(double steps) {
  const std::string count = amount(steps);
  return text(count, count == "1" ? " step" : " steps");
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
  const std::string predicted =
      forecast.predicted_steps ? counted(*forecast.predicted_steps, "step")
      : forecast.not_within    ? text("more than ", counted(*forecast.not_within, "step"))
                               : "no number of steps";
  if (!forecast.measured) return text(predicted, " predicted");
  const std::size_t taken = forecast.measured->gaps.size() - 1;
  return text(predicted, " predicted, ",
              forecast.measured->steps ? text(grouped(*forecast.measured->steps), " measured")
                                       : text("not reached in ", counted(taken, "step")));
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
  return text("In the long run the slowest error falls to a tenth in ",
              tenth_text(lab::steps_to_a_tenth(slow)), " with ", descent_label, " and in ",
              tenth_text(lab::steps_to_a_tenth(fast)), " with ", momentum_label(),
              ": one step with momentum does as much as ", amount(std::log(fast) / std::log(slow)),
              " without, about the root of the condition number, ",
              amount(std::sqrt(*result.condition_number)), ".\n");
}

// --- Networks

/// Why there is no condition number, or none that is known.
std::string no_condition_text(const SpectrumStudy& study) {
  const Spectrum& result = study.result;
  const double flat = lab::flat_share * result.largest;
  if (result.smallest > flat)
    return " Whether the smallest is above 0 these products leave open, and with it the condition "
           "number and the number of steps.";
  const std::string consequence =
      ", so that there is no condition number, and no number of steps to predict:";
  if (study.task == data::Task::classification && result.architecture.layers.size() == 2)
    return " The smallest is 0 on any data" + consequence +
           " cross-entropy does not change when all logits of an example shift, and nowhere curves "
           "down.";
  return text(" The smallest is not above 0", consequence,
              " the loss of a network has flat directions",
              result.smallest < -flat ? ", and others along which it curves down." : ".");
}

std::string ends_sentence(const SpectrumStudy& study) {
  const Spectrum& result = study.result;
  const auto& [largest_error, smallest_error, products, loss, ritz_values] = *result.lanczos;
  const bool is_flat = std::abs(result.smallest) <= lab::flat_share * result.largest;
  constexpr double shown = 1e-3;  // by three digits
  const bool is_bound = !is_exact(result, smallest_error) &&
                        (is_flat || smallest_error > shown * std::abs(result.smallest));
  std::string sentence = text(
      "At the initial weights of seed ", study.options.seed, " the loss is ", significant(loss, 4),
      ", and its curvatures go from ", is_flat ? "0" : readable(result.smallest),
      is_bound ? " or less" : "", " to L = ", readable(result.largest), ", by ",
      counted(products, "product"), " with the Hessian.");
  if (!is_exact(result, largest_error))
    sentence += text(" L is not yet exact: an eigenvalue is within ", readable(largest_error),
                     " of it, and a larger one would make the learning rates smaller.");
  return sentence +
         (result.condition_number
              ? text(" Condition number ", significant(*result.condition_number, 4),
                     ", as long as the curvature stays so.")
              : no_condition_text(study)) +
         "\n";
}

std::string limit_sentence(const SpectrumStudy& study) {
  const Spectrum& result = study.result;
  const double beta = result.momentum.settings.momentum;
  return text(
      "While the curvature stays what it is, ", descent_label,
      " is stable up to a learning rate of 2/L = ", readable(result.descent.largest_stable_lr),
      ", ", momentum_label(), " ", readable(beta),
      " up to (2 + 2β)/L = ", readable(result.momentum.largest_stable_lr), ".",
      study.options.lr ? ""
                       : " The table takes half of these: at 1/L no step of gradient "
                         "descent overshoots.",
      result.descent.path ? " The largest curvature along a run is its sharpness." : "", "\n");
}

std::string height_text(const SharpnessPath& path) {
  const auto highest = std::ranges::max_element(path.sharpness, {}, &lab::Sharpness::value);
  if (highest->step == 0) return "The sharpness was highest at the start";
  return text("The sharpness rose to ", readable(highest->value), " by step ",
              grouped(highest->step));
}

/// Where the sharpness was in relation to the limit, as far as it was looked at.
std::string crossing_text(const SharpnessPath& path) {
  const auto above = [&](const lab::Sharpness& look) { return look.value > path.limit; };
  if (above(path.sharpness.front())) return "above the limit";
  const auto first = std::ranges::find_if(path.sharpness, above);
  if (first == path.sharpness.end()) return "below the limit, and so it stayed";
  return text("below the limit; as of step ", grouped(first->step), " it was above it",
              std::all_of(first, path.sharpness.end(), above) ? "" : " at times");
}

std::string uphill_text(const SharpnessPath& path) {
  const std::size_t taken = path.losses.size() - 1;
  const double first = path.losses.front();
  const std::string ends =
      text(" (from ", significant(first, 4), " to ", significant(path.losses.back(), 4), ")");
  const std::vector<std::size_t> uphill = steps_uphill(path);
  if (path.diverged)
    return text("the run was no longer finite after ", counted(taken + 1, "step"),
                " (try a smaller --", optim::lr_name, ")");
  if (uphill.empty()) return text("the loss fell in all of ", counted(taken, "step"), ends);
  std::string result =
      text("the loss rose in ", grouped(uphill.size()), " of ", counted(taken, "step"),
           ", at first in step ", grouped(uphill.front()), ends);
  const double highest = *std::ranges::max_element(path.losses);
  if (highest > first)
    result += text(", to ", readable(highest / first), " times the start's at most");
  return result;
}

std::string lower_bound_text(const SharpnessPath& path) {
  const auto count = std::ranges::count(path.sharpness, false, &lab::Sharpness::converged);
  if (count == 0) return "";
  return text(" Not converged were ", count, " of ", path.sharpness.size(),
              " looks at it: there it may be higher.");
}

std::string calmer_text(const SharpnessPath& path) {
  const std::optional<double> lr = calmer_lr(path);
  if (!lr) return "";
  return text(" That is too high a learning rate: try ",
              path.settings.momentum != 0 ? "(2 + 2β)" : "2", "/",
              readable(2 * (1 + path.settings.momentum) / *lr), " = ", readable(*lr), ".");
}

std::string path_sentence(const std::string& rule, const SharpnessPath& path) {
  std::string sentence =
      text(rule, " at a learning rate of ", readable(path.settings.lr),
           " is stable up to a sharpness of ", path.settings.momentum != 0 ? "(2 + 2β)" : "2",
           "/α = ", readable(path.limit), ". At the start it is ",
           readable(path.sharpness.front().value), ", ", crossing_text(path), ". ");
  sentence.front() = static_cast<char>(std::toupper(sentence.front()));
  std::string course = uphill_text(path);
  course.front() = static_cast<char>(std::toupper(course.front()));
  return text(sentence, course, ". ", height_text(path), ".", lower_bound_text(path),
              calmer_text(path), "\n");
}

}  // namespace

std::string below_one(double number) {
  constexpr double shown = 1e-4;
  const double left = 1 - number;
  if (number < shown / 2) return "0";
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
    return findings + curvature_sentence(study) + steps_sentence(study) + gain_sentence(result) +
           advice(study);
  findings += ends_sentence(study) + limit_sentence(study);
  if (result.descent.path) findings += path_sentence(descent_label, *result.descent.path);
  if (result.momentum.path) findings += path_sentence(momentum_label(), *result.momentum.path);
  return findings + advice(study);
}

}  // namespace ravine::report
