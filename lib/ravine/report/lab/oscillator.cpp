#include "ravine/report/lab/oscillator.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "ravine/lab/larger.hpp"
#include "ravine/optim/common_fields.hpp"
#include "ravine/report/json_parts.hpp"
#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/version.hpp"

namespace ravine::report {
namespace {

using Json = nlohmann::ordered_json;
using lab::Oscillator;
using lab::OscillatorMode;
using Pair = std::array<std::complex<double>, 2>;

constexpr std::size_t most_points = 400;  // of a curve

std::string name_of(lab::Damping damping) {
  switch (damping) {
    case lab::Damping::over:
      return "over";
    case lab::Damping::critical:
      return "critical";
    case lab::Damping::under:
      break;
  }
  return "under";
}

std::string series_name(const OscillatorMode& mode) {
  return text("k = ", significant(mode.curvature));
}

/// `-1 ± 0.7071i`, or both.
std::string pair_text(const Pair& pair) {
  if (pair[0].imag() != 0)
    return text(significant(pair[0].real()), " ± ", significant(pair[0].imag()), "i");
  return text(significant(pair[0].real()), ", ", significant(pair[1].real()));
}

Json pair_json(const Pair& pair) {
  Json json = Json::array();
  for (const std::complex<double>& number : pair)
    json.push_back(Json::array({number.real(), number.imag()}));
  return json;
}

double largest_error(const Oscillator& oscillator) {
  double largest = 0;
  for (const OscillatorMode& mode : oscillator.modes)
    largest = lab::larger(largest, mode.max_closed_form_error);
  return largest;
}

bool has_overflow(const Oscillator& oscillator, const OscillatorMode& mode) {
  return mode.run.size() <= oscillator.options.steps;
}

// --- Words and tables

std::string findings(const Oscillator& oscillator) {
  const auto& [medium, dt, curvatures, steps, start] = oscillator.options;
  const auto& [lr, momentum] = oscillator.settings;
  const double critical = oscillator.critical_curvature;
  std::string words = text(
      "A particle of mass ", significant(medium.mass), " in a medium of friction ",
      significant(medium.friction), ", followed in steps of time ", significant(dt),
      ", is momentum: learning rate ", significant(lr), ", momentum ", significant(momentum), ".\n",
      "The registered rule's run and the closed form differ by at most ",
      significant(largest_error(oscillator), 2), " of the state's size in ", counted(steps, "step"),
      ".\n", "In continuous time the motion at the curvature ", significant(critical),
      " is critically damped and decays twice as fast as gradient descent does; that is the "
      "most that momentum gains here. Above ",
      significant(2 * critical), " gradient descent would decay faster, in continuous time.\n");
  for (const OscillatorMode& mode : oscillator.modes)
    if (!mode.stable)
      words += text("Curvature ", significant(mode.curvature),
                    " is unstable: the learning rate times "
                    "it is ",
                    significant(lr * mode.curvature),
                    ", and must be below 2 + 2β = ", significant(2 + 2 * momentum),
                    "; steps of time below ", significant(mode.largest_dt), " would be stable.\n");
  return words;
}

Table modes_table(const Oscillator& oscillator) {
  Table table{.columns = {{"curvature", Align::right},
                          {"damping"},
                          {"roots"},
                          {"speed-up", Align::right},
                          {"eigenvalues of a step"},
                          {"rate a step", Align::right},
                          {"stable"},
                          {"longest dt", Align::right},
                          {"of gradient descent", Align::right},
                          {"error", Align::right}},
              .rows = {}};
  for (const OscillatorMode& mode : oscillator.modes)
    table.rows.push_back({significant(mode.curvature), name_of(mode.damping), pair_text(mode.roots),
                          significant(mode.speedup), pair_text(mode.discrete_eigenvalues),
                          significant(std::abs(mode.discrete_eigenvalues[0])),
                          mode.stable ? "yes" : "no", significant(mode.largest_dt),
                          significant(mode.largest_dt_of_plain),
                          significant(mode.max_closed_form_error, 2)});
  return table;
}

Table run_table(const Oscillator& oscillator) {
  Table table{
      .columns = {{"curvature"}, {"step"}, {"time"}, {"run"}, {"closed_form"}, {"continuous"}},
      .rows = {}};
  for (const OscillatorMode& mode : oscillator.modes)
    for (std::size_t t = 0; t < mode.run.size(); ++t)
      table.rows.push_back({exact(mode.curvature), std::to_string(t),
                            exact(oscillator.options.dt * static_cast<double>(t)),
                            exact(mode.run[t]), exact(mode.closed_form[t]),
                            exact(mode.continuous[t])});
  return table;
}

std::string oscillator_json(const Oscillator& oscillator) {
  const auto& [medium, dt, curvatures, steps, start] = oscillator.options;
  Json modes = Json::array();
  for (const OscillatorMode& mode : oscillator.modes)
    modes.push_back({{"curvature", mode.curvature},
                     {"damping", name_of(mode.damping)},
                     {"lambda", pair_json(mode.roots)},
                     {"speedup", mode.speedup},
                     {"discrete_eigenvalues", pair_json(mode.discrete_eigenvalues)},
                     {"rate", std::abs(mode.discrete_eigenvalues[0])},
                     {"stable", mode.stable},
                     {"largest_dt", mode.largest_dt},
                     {"largest_dt_of_plain_descent", mode.largest_dt_of_plain},
                     {"overflowed", has_overflow(oscillator, mode)},
                     {"max_closed_form_error", mode.max_closed_form_error},
                     {"run", mode.run},
                     {"closed_form", mode.closed_form},
                     {"continuous", mode.continuous}});
  return document(Json{{"command", "lab oscillator"},
                       {"version", version},
                       {"mass", medium.mass},
                       {"friction", medium.friction},
                       {"dt", dt},
                       {"steps", steps},
                       {"start", start},
                       {"epsilon", oscillator.settings.lr},
                       {std::string(optim::momentum_name), oscillator.settings.momentum},
                       {"peak", {{"curvature", oscillator.critical_curvature}, {"speedup", 2}}},
                       {"max_closed_form_error", largest_error(oscillator)},
                       {"modes", modes}});
}

// --- Figures

/// Until when there is something to see: all that is stable has come to a thousandth, or all steps
/// are done.
double time_seen(const Oscillator& oscillator) {
  const auto& [medium, dt, curvatures, steps, start] = oscillator.options;
  constexpr double least_steps = 10;
  double time = least_steps * dt;
  for (const OscillatorMode& mode : oscillator.modes)
    if (mode.stable) time = std::max(time, std::log(1000) / -mode.roots[0].real());
  return std::min(time, dt * static_cast<double>(steps));
}

Curves motion(const Oscillator& oscillator) {
  const auto& [medium, dt, curvatures, steps, start] = oscillator.options;
  const double end = time_seen(oscillator);
  const double out_of_sight = 3 * std::abs(start);
  Curves curves{.title = "Momentum's steps beside the particle's motion",
                .caption = text("Points: the registered rule, one run a curvature, a point a step "
                                "of time ",
                                significant(dt),
                                ". Dashed: the continuous motion m w'' + μ w' = -k w. "
                                "The fewer steps a swing takes, the further the points are from "
                                "it. Beyond three times the start nothing is drawn."),
                .x = {.title = "time"},
                .y = {.title = "w"},
                .series = {}};
  for (const OscillatorMode& mode : oscillator.modes) {
    Series run{.name = series_name(mode), .mark = Mark::points, .x = {}, .y = {}};
    for (std::size_t t = 0; t < mode.run.size(); ++t) {
      const double time = dt * static_cast<double>(t);
      if (time > end || std::abs(mode.run[t]) > out_of_sight) break;
      run.x.push_back(time);
      run.y.push_back(mode.run[t]);
    }
    Series continuous{.name = series_name(mode), .mark = Mark::dashed, .x = {}, .y = {}};
    for (std::size_t i = 0; i <= most_points; ++i) {
      continuous.x.push_back(end * static_cast<double>(i) / most_points);
      continuous.y.push_back(start *
                             lab::displacement(medium, mode.curvature, continuous.x.back()));
    }
    curves.series.push_back(std::move(run));
    curves.series.push_back(std::move(continuous));
  }
  return curves;
}

/// hypot(w_t, w_(t-1)) from the first step on.
Series sizes(const OscillatorMode& mode, const std::vector<double>& points, Mark mark) {
  Series series{.name = series_name(mode), .mark = mark, .x = {}, .y = {}};
  const std::size_t stride = 1 + points.size() / most_points;
  for (std::size_t t = 1; t < points.size(); t += stride) {
    series.x.push_back(static_cast<double>(t));
    series.y.push_back(std::hypot(points[t], points[t - 1]));
  }
  return series;
}

Curves decay(const Oscillator& oscillator) {
  Curves curves{.title = "The size of the state, step by step",
                .caption =
                    "Of this step's w and the last one's together. Broad "
                    "lines: the registered rule, one run a curvature. Dashed: powers of the "
                    "matrix R in closed form. Where the eigenvalues are complex, the rate "
                    "is the root of the momentum, whatever the curvature.",
                .x = {.title = "step"},
                .y = {.title = "size of the state", .scale = Scale::log},
                .series = {}};
  for (const OscillatorMode& mode : oscillator.modes) {
    curves.series.push_back(sizes(mode, mode.run, Mark::line));
    curves.series.push_back(sizes(mode, mode.closed_form, Mark::dashed));
  }
  return curves;
}

Curves gain(const Oscillator& oscillator) {
  const auto [low, high] = std::ranges::minmax(oscillator.options.curvatures);
  const double critical = oscillator.critical_curvature;
  constexpr double around = 30;
  const double from = std::min(low, critical / around);
  const double to = std::max(high, critical * around);
  Series theory{.name = "theory", .mark = Mark::dashed, .x = {}, .y = {}};
  for (std::size_t i = 0; i <= most_points; ++i) {
    theory.x.push_back(from * std::pow(to / from, static_cast<double>(i) / most_points));
    theory.y.push_back(lab::speedup(oscillator.options.medium, theory.x.back()));
  }
  Curves curves{.title = "What momentum gains over gradient descent",
                .caption =
                    "How many times faster the continuous motion decays than one without "
                    "mass. Points: the curvatures asked for. Mass helps where friction "
                    "holds the particle back, and costs where it swings.",
                .x = {.title = "curvature k", .scale = Scale::log},
                .y = {.title = "speed-up"},
                .series = {theory},
                .at_x = {{"μ² / (4 m)", critical}},
                .at_y = {{"as fast as gradient descent", 1}}};
  for (const OscillatorMode& mode : oscillator.modes)
    curves.series.push_back({.name = series_name(mode),
                             .mark = Mark::points,
                             .x = {mode.curvature},
                             .y = {mode.speedup}});
  return curves;
}

}  // namespace

Exhibit oscillator_exhibit(const Oscillator& oscillator) {
  return {.title = "Momentum as a damped oscillator",
          .findings = findings(oscillator),
          .tables = {{"Curvatures", modes_table(oscillator)}},
          .json = oscillator_json(oscillator),
          .csv = run_table(oscillator),
          .figures = {motion(oscillator), decay(oscillator), gain(oscillator)}};
}

}  // namespace ravine::report
