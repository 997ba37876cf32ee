#include "ravine/report/lab/spectrum_figures.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ravine/report/lab/spectrum_words.hpp"
#include "ravine/report/lab/spread.hpp"
#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

using lab::DescentForecast;
using lab::SharpnessPath;
using lab::Spectrum;

/// From 0, without a margin.
Axis step_axis(std::size_t last) {
  return {.title = "step",
          .domain = std::pair(0.0, static_cast<double>(std::max<std::size_t>(1, last)))};
}

// --- Linear models

Figure eigenvalue_figure(const Spectrum& result) {
  Series points{.name = "curvature", .mark = Mark::points, .x = {}, .y = {}};
  const std::vector<double>& curvatures = result.gram->from_zero.curvatures;
  for (std::size_t i = 0; i < curvatures.size(); ++i) {
    points.x.push_back(static_cast<double>(i + 1));
    points.y.push_back(curvatures[curvatures.size() - 1 - i]);
  }
  return Curves{
      .title = "Curvature of the loss",
      .caption = text("The eigenvalues of the Gram matrix [X 1]'[X 1] / n that count, ",
                      curvatures.size(), " of ", result.gram->eigenvalues.size(),
                      ". The largest sets how large a step may be, the smallest how many it "
                      "takes; between them lies the condition number ",
                      significant(*result.condition_number, 4), "."),
      .x = {.title = "rank"},
      .y = {.title = "eigenvalue", .scale = Scale::log},
      .series = {points}};
}

Series predicted_gaps(const std::string& name, const Spectrum& result,
                      const DescentForecast& forecast, std::size_t last) {
  return over_steps(name, Mark::dashed, forecast.predicted_steps.value_or(last),
                    [&](std::size_t k) {
                      return lab::error_after(result.gram->from_zero, forecast.settings, k);
                    });
}

/// Up to which the longer of the two runs is drawn.
std::size_t last_step(const Spectrum& result) {
  std::size_t last = 0;
  for (const DescentForecast* forecast : {&result.descent, &result.momentum}) {
    last = std::max(last, forecast->predicted_steps.value_or(lab::SpectrumOptions::most_steps));
    if (forecast->measured) last = std::max(last, forecast->measured->gaps.size() - 1);
  }
  return last;
}

Figure gap_figure(const Spectrum& result) {
  const bool is_run = result.descent.measured.has_value();
  Curves curves{
      .title = "Loss above its minimum",
      .caption = text(
          "Dashed, what the eigenvalues predict before training",
          is_run ? "; full lines, one run each of the registered rule on the real "
                   "loss, with gradients by autograd"
                 : "",
          ". From weights 0, all ", grouped(result.examples),
          " examples in each step, at the best settings for this condition number. Momentum may "
          "climb at first: they care for the long run alone."),
      .x = step_axis(last_step(result)),
      .y = {.title = "loss above its minimum", .scale = Scale::log},
      .series = {}};
  curves.at_y = {{text("tolerance ", significant(result.tolerance, 3)), result.tolerance}};
  const auto add = [&](const std::string& name, const DescentForecast& forecast) {
    if (is_run) curves.series.push_back(over_steps(name, Mark::line, forecast.measured->gaps));
    curves.series.push_back(
        predicted_gaps(name, result, forecast, lab::SpectrumOptions::most_steps));
  };
  add(descent_label, result.descent);
  add(momentum_label(), result.momentum);
  return curves;
}

// --- Networks

Figure ritz_figure(const Spectrum& result) {
  Series points{.name = "curvature", .mark = Mark::points, .x = {}, .y = {}};
  const std::vector<double>& values = result.lanczos->ritz_values;
  for (std::size_t i = 0; i < values.size(); ++i) {
    points.x.push_back(static_cast<double>(i + 1));
    points.y.push_back(values[values.size() - 1 - i]);
  }
  return Curves{
      .title = "Curvature of the loss at the start",
      .caption = text("The ", values.size(),
                      " Ritz values that Lanczos' method has of the Hessian at the "
                      "initial weights, out of ",
                      grouped(result.parameters),
                      " eigenvalues. The first is the largest eigenvalue, and the smallest is "
                      "no higher than the last; the others show whereabouts more of "
                      "them lie. Below 0 the loss curves down."),
      .x = {.title = "rank"},
      .y = {.title = "Ritz value"},
      .series = {points},
      .at_y = {{"0", 0}}};
}

struct NamedPath {
  std::string name;
  const SharpnessPath* path;
};

std::vector<NamedPath> paths_of(const Spectrum& result) {
  std::vector<NamedPath> paths;
  if (result.descent.path) paths.push_back({descent_label, &*result.descent.path});
  if (result.momentum.path) paths.push_back({momentum_label(), &*result.momentum.path});
  return paths;
}

/// One line for limits that are the same, as those of the settings that the curvature suggests are.
std::vector<ReferenceLine> limit_lines(const std::vector<NamedPath>& paths) {
  constexpr double rounding = 1e-9;
  std::vector<ReferenceLine> lines;
  for (const auto& [name, path] : paths) {
    const double limit = path->limit;
    if (!lines.empty() && std::abs(lines.back().at - limit) < rounding * limit)
      lines.back().label = "limit of both, " + significant(limit, 3);
    else
      lines.push_back({text("limit of ", name, ", ", significant(limit, 3)), limit});
  }
  return lines;
}

/// Not where a run has left for infinity: all else would be one flat line.
bool is_drawn(const SharpnessPath& path, std::size_t step) {
  constexpr double beyond = 1e6;
  return path.losses[step] <= beyond * path.losses.front();
}

std::vector<lab::Sharpness> drawn_sharpness(const SharpnessPath& path) {
  constexpr double beyond = 1e6;
  const double highest = beyond * std::max(path.limit, path.sharpness.front().value);
  std::vector<lab::Sharpness> drawn;
  for (const lab::Sharpness& look : path.sharpness)
    if (is_drawn(path, look.step) && look.value <= highest) drawn.push_back(look);
  return drawn;
}

/// Up to the last step drawn of any run.
Axis step_axis(const std::vector<NamedPath>& paths) {
  std::size_t last = 0;
  for (const auto& [name, path] : paths)
    for (std::size_t k = last; k < path->losses.size(); ++k)
      if (is_drawn(*path, k)) last = k;
  return step_axis(last);
}

std::string text_on_left_out(const std::vector<NamedPath>& paths) {
  for (const auto& [name, path] : paths)
    for (std::size_t k = 0; k < path->losses.size(); ++k)
      if (!is_drawn(*path, k))
        return " Left out are steps at which the loss is more than a million times the start's.";
  return "";
}

std::string text_on_lower_bounds(const std::vector<NamedPath>& paths) {
  for (const auto& [name, path] : paths)
    if (!std::ranges::all_of(path->sharpness, &lab::Sharpness::converged))
      return " Where Lanczos' method had not converged the point drawn is a lower bound.";
  return "";
}

/// Logarithmic for what spans several powers of ten, and is above 0.
Axis sharpness_axis(const Curves& curves) {
  constexpr double wide = 100;
  double low = std::numeric_limits<double>::infinity();
  double high = 0;
  const auto cover = [&](double value) {
    low = std::min(low, value);
    high = std::max(high, value);
  };
  for (const Series& series : curves.series) std::ranges::for_each(series.y, cover);
  for (const ReferenceLine& line : curves.at_y) cover(line.at);
  return {.title = "sharpness", .scale = low > 0 && high > wide * low ? Scale::log : Scale::linear};
}

Figure sharpness_figure(const Spectrum& result) {
  Curves curves{
      .title = "Sharpness along training",
      .caption = text("The largest eigenvalue of the Hessian, now and then along one run "
                      "a rule on all ",
                      grouped(result.examples),
                      " examples; dotted, the limit above which steps along the sharpest "
                      "direction grow instead of shrinking. Training without noise often "
                      "climbs to it: the edge of stability (Cohen et al., 2021).",
                      text_on_lower_bounds(paths_of(result)), text_on_left_out(paths_of(result))),
      .x = step_axis(paths_of(result)),
      .y = {},
      .series = {}};
  for (const auto& [name, path] : paths_of(result)) {
    Series series{.name = name, .mark = Mark::line, .x = {}, .y = {}};
    for (const auto& [step, value, converged] : drawn_sharpness(*path)) {
      series.x.push_back(static_cast<double>(step));
      series.y.push_back(value);
    }
    curves.series.push_back(std::move(series));
  }
  curves.at_y = limit_lines(paths_of(result));
  curves.y = sharpness_axis(curves);
  return curves;
}

Figure loss_figure(const Spectrum& result) {
  Curves curves{.title = "Loss along training",
                .caption = text("The training loss after every step, one run a rule from the same "
                                "initial weights, all ",
                                grouped(result.examples), " examples in each step.",
                                text_on_left_out(paths_of(result))),
                .x = step_axis(paths_of(result)),
                .y = {.title = "loss", .scale = Scale::log},
                .series = {}};
  for (const auto& [name, path] : paths_of(result)) {
    std::vector<double> drawn = path->losses;
    for (std::size_t k = 0; k < drawn.size(); ++k)
      if (!is_drawn(*path, k)) drawn[k] = std::numeric_limits<double>::quiet_NaN();
    curves.series.push_back(over_steps(name, Mark::line, drawn));
  }
  return curves;
}

}  // namespace

std::vector<Figure> spectrum_figures(const SpectrumStudy& study) {
  const Spectrum& result = study.result;
  if (result.gram) return {eigenvalue_figure(result), gap_figure(result)};
  std::vector<Figure> figures{ritz_figure(result)};
  if (!paths_of(result).empty()) {
    figures.push_back(sharpness_figure(result));
    figures.push_back(loss_figure(result));
  }
  return figures;
}

}  // namespace ravine::report
