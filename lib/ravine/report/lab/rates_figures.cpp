#include "ravine/report/lab/rates_figures.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <string>

#include "ravine/lab/best_settings.hpp"
#include "ravine/lab/momentum_matrix.hpp"
#include "ravine/report/lab/spread.hpp"
#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

using lab::RateCell;
using lab::Rates;
using lab::Regime;

constexpr const char* critical_name = "critical β = (1 − √αλ)²";

/// αλ = 2 + 2β, from which on nothing converges.
Series boundary() {
  return {.name = "boundary αλ = 2 + 2β", .x = {2, lab::most_alpha_lambda}, .y = {0, 1}};
}

Series critical_curve() {
  constexpr int points = 200;
  Series series{.name = critical_name, .mark = Mark::dashed, .x = {}, .y = {}};
  for (int i = 0; i <= points; ++i) {
    series.x.push_back(lab::most_alpha_lambda * i / points);
    series.y.push_back(lab::critical_momentum(series.x.back(), 1));
  }
  return series;
}

/// What both maps have in common.
Map map_of(const Rates& result, std::string title, std::string caption) {
  return {.title = std::move(title),
          .caption = std::move(caption),
          .x = {.title = "αλ", .domain = std::pair(0.0, lab::most_alpha_lambda)},
          .y = {.title = "β", .domain = std::pair(0.0, lab::most_beta)},
          .columns = result.options.grid.columns,
          .rows = result.options.grid.rows,
          .values = {},
          .value_title = {}};
}

Series simulated_points(const Rates& result) {
  Series series{.name = "simulated", .mark = Mark::points, .x = {}, .y = {}};
  for (const lab::SimulatedRate& point : result.simulated) {
    if (point.predicted.alpha_lambda > lab::most_alpha_lambda) continue;
    series.x.push_back(point.predicted.alpha_lambda);
    series.y.push_back(point.predicted.beta);
  }
  return series;
}

Figure rate_map(const Rates& result) {
  Map map = map_of(result, "The rate",
                   "The factor by which one component shrinks each step in the long run, from the "
                   "eigenvalues of R at the cells' centres; dark is fast. It is blank where it "
                   "diverges, beyond αλ = 2 + 2β. Along each row the dashed curve is where the "
                   "rate stops to improve: "
                   "between its branches it is √β, whatever the curvature.");
  map.value_title = "rate";
  map.isolines = 10;
  for (const RateCell& cell : result.grid)
    map.values.push_back(
        cell.regime == Regime::divergence ? std::numeric_limits<double>::quiet_NaN() : cell.rate);
  map.series = {boundary(), critical_curve()};
  return map;
}

std::string points_sentence(std::size_t drawn, const Rates& result) {
  const std::size_t all = result.simulated.size();
  const std::string run =
      text(" at which the registered rule was run for ", grouped(result.options.steps), " steps.");
  if (drawn == 0) return text("No setting", run.substr(0, run.size() - 1), " is on the map.");
  if (all == 1) return "The point is the setting" + run;
  if (drawn == all) return text("Points are the ", grouped(all), " settings", run);
  return text("Points are ", grouped(drawn), " of the ", grouped(all), " settings", run);
}

Figure regime_map(const Rates& result) {
  const Series points = simulated_points(result);
  Map map = map_of(result, "The regimes",
                   "How a component goes, by the kinds of R's eigenvalues; divergence, beyond αλ = "
                   "2 + 2β, is a rate of 1 or more. " +
                       points_sentence(points.x.size(), result));
  map.value_title = "regime";
  map.colours = Colours::classes;
  for (const Regime regime : lab::all_regimes()) map.classes.emplace_back(name_of(regime));
  for (const RateCell& cell : result.grid) map.values.push_back(static_cast<double>(cell.regime));
  map.series = {boundary(), critical_curve(), points};
  return map;
}

Figure ways() {
  struct Example {
    double alpha_lambda;
    double beta;
  };
  constexpr std::array<Example, 4> examples{{{0.15, 0.15}, {1.7, 0.05}, {0.25, 0.85}, {2.4, 0.7}}};
  constexpr std::size_t steps = 20;
  Curves curves{.title = "One component in each regime that converges",
                .caption = {},
                .x = {.title = "step"},
                .y = {.title = "x"},
                .series = {}};
  std::vector<std::string> points;
  for (const auto& [alpha_lambda, beta] : examples) {
    const std::string regime(name_of(lab::regime_of(alpha_lambda, beta)));
    const std::string name = text("αλ ", alpha_lambda, ", β ", beta);
    points.push_back(text(regime, " ", name));
    const lab::MomentumSettings settings{.lr = alpha_lambda, .momentum = beta};
    curves.series.push_back(over_steps(name, Mark::line, steps, [&](std::size_t k) {
      return lab::momentum_factor(settings, 1, k);
    }));
  }
  curves.caption = text("x from 1 at rest, in closed form, at a point of each of these regions: ",
                        joined(points, "; "), ". The legend shows and hides each.");
  return curves;
}

}  // namespace

std::vector<Figure> rates_figures(const Rates& result) {
  return {rate_map(result), regime_map(result), ways()};
}

}  // namespace ravine::report
