#include "ravine/report/lab/noise_figures.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "ravine/lab/modes.hpp"
#include "ravine/optim/common_fields.hpp"
#include "ravine/report/lab/spread.hpp"
#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

using lab::MonteCarlo;
using lab::Noise;

/// Where the start has been forgotten and only noise is left there is nothing more to see below;
/// and no more than sixty decades either way.
std::optional<std::pair<double, double>> shown_errors(const Noise& result) {
  constexpr double decades = 1e60;
  const double start = result.expected[0];
  double least = start;
  double most = start;
  for (const double error : result.expected)
    if (error > start / decades && error < start * decades) {
      least = std::min(least, error);
      most = std::max(most, error);
    }
  if (!(start > 0)) return std::nullopt;
  return std::pair(least / 100, most * 2);
}

Figure error_figure(const Noise& result) {
  const MonteCarlo& runs = result.monte_carlo;
  Curves curves{
      .title = "The expected error and its two parts",
      .caption = text("Dashed: the expectation of f(w) by the recursion on R, and the parts of it "
                      "that come from the start and from the noise. Wide line: the mean of ",
                      grouped(runs.runs),
                      " runs of the registered rule, with a band of three "
                      "standard errors."),
      .x = {.title = "step"},
      .y = {.title = "error f(w)", .scale = Scale::log, .domain = shown_errors(result)},
      .series = {}};
  curves.series = {over_steps("error", Mark::line, runs.mean),
                   over_steps("error", Mark::dashed, result.expected),
                   over_steps("from the start", Mark::dashed, result.deterministic),
                   over_steps("from the noise", Mark::dashed, result.stochastic)};
  const double least = curves.y.domain ? curves.y.domain->first : 0;
  for (const std::size_t k : spread_steps(runs.mean.size() - 1)) {
    const double band = 3 * runs.standard_error[k];
    curves.series[0].low.push_back(std::max(runs.mean[k] - band, least));
    curves.series[0].high.push_back(runs.mean[k] + band);
  }
  if (std::isfinite(result.noise_floor) && result.noise_floor > 0)
    curves.at_y.push_back({.label = "noise floor", .at = result.noise_floor});
  return curves;
}

/// Which part of the error the settings decide about.
std::string parts_sentence(const Noise& result) {
  const bool has_noise = result.options.sigma > 0;
  if (result.deterministic[0] == 0)
    return has_noise ? "All of it is of the noise: the start is the minimum. " : "";
  if (!has_noise) return "All of it is of the start: there is no noise. ";
  return "Small learning rates take longest to forget the start, large ones and much momentum keep "
         "most of the noise. ";
}

Figure settings_map(const Noise& result) {
  const lab::ErrorMap errors = lab::error_map(result.options);
  Map map{.title = text("The expected error after ", counted(result.options.steps, "step")),
          .caption = text("In closed form, over both settings; blank where it diverges, beyond "
                          "αλ = 2 + 2β for the largest λ. ",
                          parts_sentence(result), "The least of the cells is ",
                          significant(errors.best_error), ", at learning rate ",
                          significant(errors.best.lr), " and momentum ",
                          significant(errors.best.momentum), "."),
          .x = {.title = "learning rate", .domain = std::pair(0.0, errors.largest_lr)},
          .y = {.title = std::string(optim::momentum_name), .domain = std::pair(0.0, 1.0)},
          .columns = lab::ErrorMap::columns,
          .rows = lab::ErrorMap::rows,
          .values = errors.error,
          .value_title = "expected error",
          .log_values = true,
          .isolines = 12,
          .series = {}};
  map.series.push_back({.name = "this run",
                        .mark = Mark::points,
                        .x = {result.settings.lr},
                        .y = {result.settings.momentum}});
  return map;
}

Figure trade_off_figure(const Noise& result) {
  Curves curves{.title = "A faster rate costs a higher floor",
                .caption =
                    "Each line is one momentum, with learning rates up to the one whose "
                    "rate is best. Lines that lie on each other have nothing to choose "
                    "between: there, momentum is a larger learning rate by another name.",
                .x = {.title = "steps to a tenth of the slowest component", .scale = Scale::log},
                .y = {.title = "noise floor", .scale = Scale::log},
                .series = {}};
  for (const double momentum : {0.0, 0.5, 0.9}) {
    lab::TradeOff line = lab::trade_off(result.options, momentum);
    std::ranges::transform(line.rate, line.rate.begin(), lab::steps_to_a_tenth);
    curves.series.push_back({.name = text("momentum ", momentum),
                             .x = std::move(line.rate),
                             .y = std::move(line.floor)});
  }
  if (result.is_stable)
    curves.series.push_back({.name = "this run",
                             .mark = Mark::points,
                             .x = {lab::steps_to_a_tenth(result.rate)},
                             .y = {result.noise_floor}});
  return curves;
}

}  // namespace

std::vector<Figure> noise_figures(const Noise& result) {
  std::vector<Figure> figures{error_figure(result), settings_map(result)};
  if (result.options.sigma > 0) figures.push_back(trade_off_figure(result));
  return figures;
}

}  // namespace ravine::report
