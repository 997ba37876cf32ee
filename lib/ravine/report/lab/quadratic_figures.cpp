#include "ravine/report/lab/quadratic_figures.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>
#include <string>

#include "ravine/lab/interval.hpp"
#include "ravine/lab/modes.hpp"
#include "ravine/report/lab/spread.hpp"
#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

using lab::MomentumSettings;
using lab::Quadratic;

std::string name_of(double curvature) { return text("λ = ", significant(curvature)); }

/// Lines of one page: with three of the settings these are the seven colours.
constexpr std::size_t most_components = 4;

/// Components spread evenly over the curvatures in their order.
std::vector<const lab::QuadraticComponent*> drawn_components(const Quadratic& result) {
  std::vector<const lab::QuadraticComponent*> sorted;
  std::set<std::string> names;
  for (const auto& component : result.components) sorted.push_back(&component);
  std::ranges::sort(sorted, {}, &lab::QuadraticComponent::curvature);
  std::erase_if(sorted, [&](const auto* component) {
    return !names.insert(name_of(component->curvature)).second;
  });
  std::vector<const lab::QuadraticComponent*> drawn;
  for (const std::size_t i : spread_indices(sorted.size(), most_components))
    drawn.push_back(sorted[i]);
  return drawn;
}

/// Shares within sixty decades of the largest at the start; others are left out, as 0 is.
std::vector<double> shown_shares(const Quadratic& result, std::vector<double> shares) {
  constexpr double decades = 1e60;
  double start = 0;
  for (const lab::QuadraticComponent& component : result.components)
    start = std::max(start, component.share[0]);
  for (double& share : shares)
    if (!(share > start / decades && share < start * decades))
      share = std::numeric_limits<double>::quiet_NaN();
  return shares;
}

Figure error_figure(const Quadratic& result) {
  const std::vector<const lab::QuadraticComponent*> drawn = drawn_components(result);
  Curves curves{
      .title = "The error by eigenspace",
      .caption =
          text("What each eigenspace adds to f(w) - f(w*), one run",
               drawn.size() < result.components.size()
                   ? text(" (", drawn.size(), " of the ", result.components.size(), " eigenvalues)")
                   : "",
               ". Wide lines are the run, dashed ones on them the closed form. The slowest "
               "decides in the end."),
      .x = {.title = "step"},
      .y = {.title = "share of the error", .scale = Scale::log},
      .series = {}};
  bool is_all = true;  // but for 0
  const auto add = [&](const std::string& name, Mark mark, const std::vector<double>& shares) {
    const std::vector<double> shown = shown_shares(result, shares);
    for (std::size_t k = 0; k < shares.size(); ++k)
      is_all = is_all && (shares[k] == 0 || !std::isnan(shown[k]));
    curves.series.push_back(over_steps(name, mark, shown));
  };
  for (const lab::QuadraticComponent* component : drawn) {
    const std::string name = name_of(component->curvature);
    // What the run did not reach, because it diverged, is not predicted either.
    std::vector<double> predicted = component->share;
    predicted.resize(component->measured_share.size());
    add(name, Mark::line, component->measured_share);
    add(name, Mark::dashed, predicted);
  }
  if (!is_all)
    curves.caption +=
        " Left out is what is sixty powers of ten and more from the largest share at the start.";
  return curves;
}

Series rate_curve(const Quadratic& result, std::string name, double momentum, double end) {
  constexpr int points = 400;
  Series series{.name = std::move(name), .x = {}, .y = {}};
  for (int i = 0; i <= points; ++i) {
    const double lr = end * i / points;
    series.x.push_back(lr);
    series.y.push_back(lab::rate_of(result.problem.curvatures, {.lr = lr, .momentum = momentum}));
  }
  return series;
}

Figure rate_figure(const Quadratic& result) {
  const MomentumSettings& run = result.settings;
  const MomentumSettings& best = result.momentum.settings;
  constexpr double highest = 1.3;
  const double end =
      1.05 * lab::largest_stable_lr(std::max(best.momentum, run.momentum), result.largest);
  const bool is_seen = result.measured_rate && *result.measured_rate <= highest && run.lr <= end;
  std::string caption =
      "The factor by which the slowest component shrinks each step, from the eigenvalues of R; "
      "from 1 on it does not converge. Points are the best settings";
  if (is_seen)
    caption += ", and the run with the rate that its positions have.";
  else if (result.measured_rate)
    caption += text(". The run is out of sight: at learning rate ", significant(run.lr),
                    " its positions have the rate ", significant(*result.measured_rate), ".");
  else
    caption += ". Of the run no rate was measured.";
  Curves curves{.title = "The rate over the learning rate",
                .caption = std::move(caption),
                .x = {.title = "learning rate", .domain = std::pair(0.0, end)},
                .y = {.title = "rate", .domain = std::pair(0.0, highest)},
                .series = {},
                .at_y = {{.label = "no progress", .at = 1}}};
  const auto with = [](double momentum) { return text("momentum ", significant(momentum)); };
  const auto add = [&](const std::string& name, double momentum) {
    curves.series.push_back(rate_curve(result, name, momentum, end));
  };
  const auto mark = [&](const std::string& name, double lr, double rate) {
    curves.series.push_back({.name = name, .mark = Mark::points, .x = {lr}, .y = {rate}});
  };
  add("gradient descent", 0);
  if (best.momentum > 0) add(with(best.momentum), best.momentum);
  if (run.momentum > 0 && with(run.momentum) != with(best.momentum)) {
    add("this run", run.momentum);
    curves.caption += text(" Its line is that of its momentum, ", significant(run.momentum), ".");
  }
  mark("gradient descent", result.descent.settings.lr, result.descent.rate);
  if (best.momentum > 0) mark(with(best.momentum), best.lr, result.momentum.rate);
  if (is_seen) mark("this run", run.lr, *result.measured_rate);
  return curves;
}

/// Coordinates of w, a point a step; those of a path that leaves are left out.
Series path(const std::string& name, const std::vector<std::vector<double>>& points) {
  Series series{.name = name, .mark = Mark::path, .x = {}, .y = {}};
  for (const std::vector<double>& point : points) {
    series.x.push_back(point[0]);
    series.y.push_back(point[1]);
  }
  return series;
}

/// So that steps are seen and paths that leave do not make all else small.
std::vector<std::vector<double>> shown_part(const Quadratic& result,
                                            std::vector<std::vector<double>> points) {
  constexpr std::size_t most = 300;
  constexpr double far = 4;  // times the distance of the start
  const auto distance = [&](const std::vector<double>& point) {
    return std::hypot(point[0] - result.problem.minimum[0], point[1] - result.problem.minimum[1]);
  };
  const double limit = far * distance(points[0]);
  const auto end =
      std::ranges::find_if(points, [&](const auto& point) { return !(distance(point) <= limit); });
  points.erase(end, points.end());
  points.resize(std::min(points.size(), most));
  return points;
}

std::vector<std::vector<double>> descent_path(const Quadratic& result) {
  const lab::Modes modes{.curvatures = result.problem.curvatures,
                         .start = lab::components_of(result.problem, result.run.points[0])};
  std::vector<std::vector<double>> points;
  for (std::size_t k = 0; k < result.run.points.size(); ++k)
    points.push_back(
        lab::point_of(result.problem, lab::components_after(modes, result.descent.settings, k)));
  return points;
}

std::pair<double, double> range_of(const std::vector<Series>& all, std::vector<double> Series::*c) {
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  for (const Series& series : all)
    for (const double value : series.*c) {
      low = std::min(low, value);
      high = std::max(high, value);
    }
  const double margin = std::max(0.1 * (high - low), 1e-3 * std::abs(high) + 1e-12);
  return {low - margin, high + margin};
}

Figure path_figure(const Quadratic& result) {
  constexpr std::size_t cells = 120;
  const std::vector<double>& minimum = result.problem.minimum;
  const bool has_momentum = result.settings.momentum != 0;
  Map map{.title = "The path",
          .caption = text("Steps over f(w) - f(w*), early ones dark; isolines and colours are "
                          "evenly spread in the logarithm. This run is as it was run",
                          has_momentum ? ", and gradient descent at its best learning rate in "
                                         "closed form."
                                       : "."),
          .x = {.title = "w1"},
          .y = {.title = "w2"},
          .columns = cells,
          .rows = cells,
          .values = {},
          .value_title = "f(w) - f(w*)",
          .log_values = true,
          .isolines = 14,
          .series = {}};
  if (has_momentum)
    map.series.push_back(path("gradient descent", shown_part(result, descent_path(result))));
  map.series.push_back(path("this run", shown_part(result, result.run.points)));
  map.series.push_back(
      {.name = "minimum", .mark = Mark::points, .x = {minimum[0]}, .y = {minimum[1]}});
  map.x.domain = range_of(map.series, &Series::x);
  map.y.domain = range_of(map.series, &Series::y);
  const auto centres = [](const std::pair<double, double>& ends) {
    return lab::centres({ends.first, ends.second}, cells);
  };
  const std::vector<double> across = centres(*map.x.domain);
  for (const double w2 : centres(*map.y.domain))
    for (const double w1 : across) {
      const std::vector<double> x = lab::components_of(result.problem, std::array{w1, w2});
      map.values.push_back(lab::error_share(result.problem.curvatures[0], x[0]) +
                           lab::error_share(result.problem.curvatures[1], x[1]));
    }
  return map;
}

}  // namespace

std::vector<Figure> quadratic_figures(const Quadratic& result) {
  std::vector<Figure> figures{error_figure(result), rate_figure(result)};
  if (result.components.size() == 2) figures.push_back(path_figure(result));
  return figures;
}

}  // namespace ravine::report
