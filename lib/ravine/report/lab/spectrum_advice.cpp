#include "ravine/report/lab/spectrum_advice.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "ravine/lab/descent_settings.hpp"
#include "ravine/lab/steps_to_tolerance.hpp"
#include "ravine/optim/common_fields.hpp"
#include "ravine/report/number.hpp"
#include "ravine/report/train_command.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

using lab::DescentForecast;
using lab::MomentumSettings;
using lab::SharpnessPath;
using lab::Spectrum;

struct Advice {
  MomentumSettings settings;
  std::optional<std::size_t> steps;
};

double rounded(double number, int digits) {
  const std::string shown = significant(number, digits);
  double read = number;
  std::from_chars(shown.data(), shown.data() + shown.size(), read);
  return read;
}

/// With as few digits as cost next to no steps: the best settings are at the edge of what is
/// stable, and beyond it by their rounding they may diverge.
Advice advice_on_linear(const Spectrum& result) {
  const DescentForecast& best = result.momentum;
  constexpr double share = 1.01;
  if (best.predicted_steps)
    for (const int digits : {3, 6, 9}) {
      const MomentumSettings few{.lr = rounded(best.settings.lr, digits),
                                 .momentum = rounded(best.settings.momentum, digits)};
      const auto steps =
          few.momentum < 1 ? lab::steps_to_tolerance(result.gram->from_zero, few, result.tolerance)
                           : std::optional<std::size_t>();
      if (steps &&
          static_cast<double>(*steps) <= share * static_cast<double>(*best.predicted_steps) + 1)
        return {few, steps};
    }
  return {best.settings, best.predicted_steps};
}

/// Of the runs the one that ended lowest, and rather one that stayed below its start.
std::optional<Advice> advice_on_network(const SpectrumStudy& study) {
  const Spectrum& result = study.result;
  std::optional<MomentumSettings> chosen;
  std::pair<bool, double> least;
  for (const DescentForecast* forecast : {&result.descent, &result.momentum}) {
    if (!forecast->path || forecast->path->diverged) continue;
    const std::optional<double> calmer = calmer_lr(*forecast->path);
    const std::pair cost(calmer.has_value(), forecast->path->losses.back());
    if (chosen && cost >= least) continue;
    least = cost;
    chosen = {.lr = calmer.value_or(forecast->settings.lr),
              .momentum = forecast->settings.momentum};
  }
  if (!result.descent.path) chosen = result.descent.settings;
  if (!chosen) return {};
  chosen->lr = rounded(chosen->lr, 3);
  return Advice{*chosen, study.options.steps.value_or(lab::SpectrumOptions::path_steps)};
}

optim::Spec rule_of(const MomentumSettings& settings) {
  optim::Spec rule = lab::descent_settings(settings);
  if (settings.momentum == 0)
    std::erase_if(rule.settings, [](const optim::Setting& setting) {
      return setting.name == optim::momentum_name;
    });
  return rule;
}

}  // namespace

std::optional<double> calmer_lr(const SharpnessPath& path) {
  if (path.diverged || *std::ranges::max_element(path.losses) <= path.losses.front()) return {};
  const auto highest = std::ranges::max_element(path.sharpness, {}, &lab::Sharpness::value);
  if (highest->value <= path.limit) return {};
  return (2 + 2 * path.settings.momentum) / highest->value;
}

std::string advice(const SpectrumStudy& study) {
  const Spectrum& of = study.of_training ? *study.of_training : study.result;
  const std::optional<Advice> found = of.gram ? advice_on_linear(of) : advice_on_network(study);
  if (!found) return "";
  const std::size_t batch = of.gram ? of.examples : study.available;
  std::string sentence =
      "These settings are for all examples in each step; smaller batches need a smaller learning "
      "rate (`ravine lr-find`)";
  if (study.of_training)
    sentence += text(". Training tests on some of the examples; for the ", grouped(of.examples),
                     " that are left the best are");
  if (!of.gram && of.examples != study.available)
    sentence += text(". They are of ", grouped(of.examples), " examples, and all ",
                     grouped(study.available), " may curve otherwise");
  if (!of.gram && !of.descent.path)
    sentence += ". They are read at the start alone; whether they hold, --verify tells";
  sentence += text(
      ": `", train_command(study.source, study.load, of.architecture, rule_of(found->settings)),
      " --batch-size ", batch);
  if (found->steps) sentence += text(" --epochs ", std::max<std::size_t>(1, *found->steps));
  return sentence + "`.\n";
}

}  // namespace ravine::report
