#include "ravine/report/lab/colorize.hpp"

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
using lab::Colorize;
using lab::ColorizeRun;

double condition_number(const Colorize& result) {
  return result.curvatures.back() / result.curvatures.front();
}

std::string size_of(const lab::PixelGrid& grid) { return text(grid.columns, "x", grid.rows); }

/// As people say it; its rule's name is for JSON and CSV.
std::string method_name(const ColorizeRun& run) {
  return run.best.settings.momentum == 0 ? "gradient descent" : run.name;
}

std::string predicted_steps(const ColorizeRun& run) {
  return run.predicted_steps ? grouped(*run.predicted_steps) : "–";
}

std::string measured_steps(const Colorize& result, const ColorizeRun& run) {
  return run.measured_steps ? grouped(*run.measured_steps)
                            : text("over ", grouped(result.options.steps));
}

std::string steps_taken(const Colorize& result, const ColorizeRun& run) {
  const std::string prediction =
      run.predicted_steps ? text("is predicted to take ", counted(*run.predicted_steps, "step"))
                          : "is predicted to take more steps than are looked at";
  if (run.measured_steps) return text(prediction, " and took ", grouped(*run.measured_steps));
  return text(prediction, " and was given up after ", grouped(result.options.steps));
}

std::string how_many_times(std::size_t of_descent, std::size_t of_momentum) {
  const double ratio = static_cast<double>(of_descent) / static_cast<double>(of_momentum);
  if (of_descent == of_momentum) return "as many";
  return ratio > 1 ? text(short_text(ratio), " times fewer")
                   : text(short_text(1 / ratio), " times as many");
}

/// Momentum's steps beside those of gradient descent, of the runs or, short of these, by theory.
std::string comparison(const ColorizeRun& descent, const ColorizeRun& momentum) {
  if (descent.measured_steps && momentum.measured_steps)
    return text(": ", how_many_times(*descent.measured_steps, *momentum.measured_steps), ".\n");
  if (descent.predicted_steps && momentum.predicted_steps)
    return text(". By prediction that is ",
                how_many_times(*descent.predicted_steps, *momentum.predicted_steps), ".\n");
  return ".\n";
}

std::string spreading_sentence(const lab::PixelGrid& grid) {
  const std::size_t seeds = grid.seeds.size();
  if (seeds == grid.pixels())
    return text("All pixels of the ", size_of(grid),
                " grid are pulled to the colour, and none has to wait for its neighbours. ");
  return text("A step tells each pixel of its neighbours alone, so colour seeps from ",
              counted(seeds, "pixel"), " over the ", size_of(grid),
              " grid as ink does in water: what spreads over all of it is the slowest. ");
}

std::string findings(const Colorize& result) {
  const ColorizeRun& descent = result.runs[0];
  const ColorizeRun& momentum = result.runs[1];
  const double error = lab::larger(descent.max_closed_form_error, momentum.max_closed_form_error);
  return text(spreading_sentence(result.options.grid), "The curvatures go from ",
              significant(result.curvatures.front()), " to ", significant(result.curvatures.back()),
              ", a condition number of ", significant(condition_number(result)), ".\n",
              "Until f is down to ", significant(result.options.tolerance), " of what it was, ",
              "gradient descent at its best ", steps_taken(result, descent),
              "; momentum at its best ", steps_taken(result, momentum),
              comparison(descent, momentum),
              "The closed form from the spectrum gives f of both runs to a relative error of ",
              significant(error), " or less.\n");
}

Table method_table(const Colorize& result) {
  Table table{.columns = {{"method"},
                          {"learning rate", Align::right},
                          {"β", Align::right},
                          {"rate", Align::right},
                          {"steps predicted", Align::right},
                          {"steps measured", Align::right},
                          {"palest pixel then", Align::right},
                          {"closed-form error", Align::right}},
              .rows = {}};
  for (const ColorizeRun& run : result.runs)
    table.rows.push_back({method_name(run), significant(run.best.settings.lr),
                          significant(run.best.settings.momentum), fixed(run.best.rate, 6),
                          predicted_steps(run), measured_steps(result, run),
                          fixed(run.points.back().palest, 4),
                          significant(run.max_closed_form_error)});
  return table;
}

Json run_json(const ColorizeRun& run) {
  Json points = Json::array();
  for (const auto& [step, value, predicted, palest] : run.points)
    points.push_back({{"step", step}, {"f", value}, {"predicted", predicted}, {"palest", palest}});
  Json json{{"name", run.name}};
  json[std::string(optim::lr_name)] = run.best.settings.lr;
  json[std::string(optim::momentum_name)] = run.best.settings.momentum;
  json["rate"] = run.best.rate;
  json["predicted_steps"] = run.predicted_steps ? Json(*run.predicted_steps) : Json(nullptr);
  json["measured_steps"] = run.measured_steps ? Json(*run.measured_steps) : Json(nullptr);
  json["max_closed_form_error"] = run.max_closed_form_error;
  json["points"] = points;
  json["frames"] = run.frames;
  return json;
}

std::string json_document(const Colorize& result) {
  const auto& [columns, rows, seeds] = result.options.grid;
  Json seed_list = Json::array();
  for (const auto& [column, row] : seeds) seed_list.push_back({column, row});
  Json methods = Json::array();
  for (const ColorizeRun& run : result.runs) methods.push_back(run_json(run));
  return document(Json{{"command", "lab colorize"},
                       {"version", version},
                       {"grid", {{"columns", columns}, {"rows", rows}}},
                       {"seeds", seed_list},
                       {"tolerance", result.options.tolerance},
                       {"condition_number", condition_number(result)},
                       {"smallest", result.curvatures.front()},
                       {"largest", result.curvatures.back()},
                       {"eigenvalues", result.curvatures},
                       {"frame_steps", result.frame_steps},
                       {"methods", methods}});
}

Table csv_table(const Colorize& result) {
  Table csv{.columns = {{"method"}, {"step"}, {"f"}, {"predicted"}, {"palest"}}, .rows = {}};
  for (const ColorizeRun& run : result.runs)
    for (const auto& [step, value, predicted, palest] : run.points)
      csv.rows.push_back(
          {run.name, std::to_string(step), exact(value), exact(predicted), exact(palest)});
  return csv;
}

Picture picture_of(const Colorize& result, std::string label, std::vector<double> values) {
  return {.label = std::move(label),
          .columns = result.options.grid.columns,
          .rows = result.options.grid.rows,
          .values = std::move(values)};
}

Figure frames_figure(const Colorize& result) {
  Frames frames{.title = "The colour spreads",
                .caption =
                    "Both runs after the same numbers of steps, one run each, from 0 "
                    "everywhere.",
                .strips = {}};
  if (result.runs[1].measured_steps == result.frame_steps.back())
    frames.caption += " At the last momentum is done.";
  for (const ColorizeRun& run : result.runs) {
    Strip strip{.name = method_name(run), .pictures = {}};
    for (std::size_t i = 0; i < run.frames.size(); ++i)
      strip.pictures.push_back(
          picture_of(result, text("step ", grouped(result.frame_steps[i])), run.frames[i]));
    frames.strips.push_back(std::move(strip));
  }
  return frames;
}

bool has_steps_left_out(const ColorizeRun& run) {
  return run.points.size() <= run.points.back().step;
}

Figure error_figure(const Colorize& result) {
  Curves curves{
      .title = "The square root in steps",
      .caption =
          "f − f* by step, one run each; dashed, the closed form from the "
          "spectrum.",
      .x = {.title = "step"},
      .y = {.title = "f − f*", .scale = Scale::log},
      .series = {},
      .at_y = {{"tolerance", result.options.tolerance *
                                 static_cast<double>(result.options.grid.seeds.size()) / 2}}};
  if (std::ranges::any_of(result.runs, has_steps_left_out))
    curves.caption += " Of a long run some hundreds of steps are drawn.";
  for (const ColorizeRun& run : result.runs) {
    Series measured{.name = method_name(run), .x = {}, .y = {}};
    Series predicted{.name = method_name(run), .mark = Mark::dashed, .x = {}, .y = {}};
    for (const lab::ColorizePoint& point : run.points) {
      measured.x.push_back(static_cast<double>(point.step));
      measured.y.push_back(point.value);
      predicted.y.push_back(point.predicted);
    }
    predicted.x = measured.x;
    curves.series.push_back(std::move(measured));
    curves.series.push_back(std::move(predicted));
  }
  return curves;
}

Figure rate_figure(const Colorize& result) {
  Curves curves{.title = "Momentum makes all shapes equally fast",
                .caption =
                    "What each eigenvector of the Hessian loses a step in the long run, 1 "
                    "less the rate, by its curvature. The least decides how long a run "
                    "takes: that of gradient descent falls with the curvature, momentum "
                    "takes from the quick and gives to the slow.",
                .x = {.title = "curvature", .scale = Scale::log},
                .y = {.title = "lost a step", .scale = Scale::log},
                .series = {}};
  for (const ColorizeRun& run : result.runs) {
    Series series{.name = method_name(run), .mark = Mark::points, .x = result.curvatures, .y = {}};
    for (const double curvature : result.curvatures)
      series.y.push_back(1 - lab::momentum_rate(run.best.settings, curvature));
    curves.series.push_back(std::move(series));
  }
  return curves;
}

/// The largest pixel is 1, and most of the shape's weight is above 0.
std::vector<double> scaled(const std::vector<double>& shape) {
  double largest = 0;
  double sum = 0;
  for (const double value : shape) {
    largest = std::max(largest, std::abs(value));
    sum += value;
  }
  std::vector<double> result = shape;
  for (double& value : result) value /= sum < 0 ? -largest : largest;
  return result;
}

Figure shapes_figure(const Colorize& result) {
  Frames frames{.title = "The slowest shapes",
                .caption =
                    "Eigenvectors of the Hessian with the lowest curvatures, each scaled to "
                    "its largest pixel: waves as long as the grid, which the differences of "
                    "neighbours hardly show.",
                .low = -1,
                .high = 1,
                .strips = {{.name = "eigenvectors", .pictures = {}}}};
  for (std::size_t i = 0; i < result.slow_shapes.size(); ++i)
    frames.strips.front().pictures.push_back(
        picture_of(result, text("curvature ", significant(result.curvatures[i])),
                   scaled(result.slow_shapes[i])));
  return frames;
}

}  // namespace

Exhibit colorize_exhibit(const Colorize& result) {
  return {.title = "Colorization: momentum on a grid of pixels",
          .findings = findings(result),
          .tables = {{text("Until f is ", significant(result.options.tolerance),
                           " of f at the start, grid ", size_of(result.options.grid)),
                      method_table(result)}},
          .json = json_document(result),
          .csv = csv_table(result),
          .figures = {frames_figure(result), error_figure(result), rate_figure(result),
                      shapes_figure(result)}};
}

}  // namespace ravine::report
