#include "ravine/report/lab/trajectory_figures.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "ravine/lab/expression.hpp"
#include "ravine/lab/landscape.hpp"
#include "ravine/report/lab/spread.hpp"
#include "ravine/report/lab/trajectory_view.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

/// Where a logarithmic scale tells more than a linear one.
constexpr double wide = 100;

std::pair<double, double> domain_of(const lab::Interval& interval) {
  return {interval.low, interval.high};
}

/// What is drawn of f: its height above the least value, where that is known.
struct Measure {
  std::string name;
  double zero;
};

Measure measure_of(const Descent& descent) {
  if (descent.surface != nullptr) return {"f − f*", descent.surface->least};
  return {"f", 0};
}

/// Whether all values can be drawn by their logarithm, and differ by enough for it.
bool spans_decades(const std::vector<double>& values) {
  double low = HUGE_VAL, high = 0, least_positive = HUGE_VAL;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
    if (value > 0) least_positive = std::min(least_positive, value);
  }
  return low >= 0 && high > wide * least_positive;
}

std::string of_stride(const Descent& descent) { return stride_sentence(descent.steps); }

/// `of(run, step)` over `at(run, step)`.
template <class At, class Of>
std::vector<Series> series_of(const Descent& descent, Mark mark, At at, Of of) {
  std::vector<Series> all;
  for (const auto& [optimizer, run] : descent.runs) {
    Series series{.name = text(optimizer), .mark = mark, .x = {}, .y = {}};
    for (const std::size_t step : spread_steps(run.points.size() - 1)) {
      series.x.push_back(at(run, step));
      series.y.push_back(of(run, step));
    }
    all.push_back(std::move(series));
  }
  return all;
}

/// Leaves out the points that lie so far from the picture that their pixels would be no numbers
/// for a browser.
void leave_out_far(std::vector<Series>& all, const Axis& x, const Axis& y) {
  constexpr double widths = 1000;
  const auto is_far = [](double value, const Axis& axis) {
    if (!axis.domain || axis.scale == Scale::log) return false;
    const auto [low, high] = *axis.domain;
    return value < low - widths * (high - low) || value > high + widths * (high - low);
  };
  for (Series& series : all)
    for (std::size_t i = 0; i < series.x.size(); ++i)
      if (is_far(series.x[i], x) || is_far(series.y[i], y))
        series.y[i] = std::numeric_limits<double>::quiet_NaN();
}

/// The runs that climb higher than the figures show.
std::string of_lost_runs(const Descent& descent) {
  const double highest = heights_of(descent).highest;
  std::vector<std::string> lost;
  for (const auto& [optimizer, run] : descent.runs)
    if (std::ranges::max(run.values) > highest) lost.push_back(text(optimizer));
  if (lost.empty()) return "";
  return text(" Out of the picture at times: ", joined(lost, " and "), ".");
}

Map map_of(const Descent& descent) {
  constexpr std::size_t columns = 180, rows = 120, isolines = 16;
  const Measure measure = measure_of(descent);
  const std::vector<lab::Interval> view = view_of(descent);
  lab::Landscape land =
      lab::landscape(lab::Expression(descent.function), view[0], view[1], columns, rows);
  for (double& value : land.values) value -= measure.zero;
  const bool is_log = spans_decades(land.values);
  if (is_log) {
    // A cell that happens to lie upon a minimum would take most of the scale for itself.
    const double floor = 1e-6 * (heights_of(descent).start - measure.zero);
    for (double& value : land.values)
      if (value < floor) value = floor;
  }
  Map map{.title = "Paths on the function",
          .caption = text("Each path is one run, its early steps dark and its late ones bright. "
                          "Black lines: equal ",
                          measure.name, is_log ? ", evenly spaced in its logarithm." : ".",
                          of_lost_runs(descent), of_stride(descent)),
          .x = {.title = "w1", .domain = domain_of(view[0])},
          .y = {.title = "w2", .domain = domain_of(view[1])},
          .columns = columns,
          .rows = rows,
          .values = std::move(land.values),
          .value_title = measure.name,
          .log_values = is_log,
          .isolines = isolines,
          .series = series_of(
              descent, Mark::path,
              [](const lab::Trajectory& run, std::size_t step) { return run.points[step][0]; },
              [](const lab::Trajectory& run, std::size_t step) { return run.points[step][1]; })};
  leave_out_far(map.series, map.x, map.y);
  return map;
}

Curves curve_of(const Descent& descent) {
  constexpr std::size_t samples = 500;
  const lab::Interval across = view_of(descent).front();
  Series function{.name = "f", .mark = Mark::line, .x = lab::centres(across, samples), .y = {}};
  function.y = lab::Expression(descent.function).at({&function.x, 1});
  const double highest = heights_of(descent).highest;
  double low = heights_of(descent).start, high = low;
  for (const double value : function.y) {
    if (!std::isfinite(value)) continue;
    low = std::min(low, value);
    high = std::max(high, std::min(value, highest));
  }
  Curves curves{
      .title = "The points on the function",
      .caption = text("Each path is one run, its early steps dark and its late ones bright.",
                      of_lost_runs(descent), of_stride(descent)),
      .x = {.title = "w1", .domain = domain_of(across)},
      .y = {.title = "f"},
      .series = series_of(
          descent, Mark::path,
          [](const lab::Trajectory& run, std::size_t step) { return run.points[step][0]; },
          [](const lab::Trajectory& run, std::size_t step) { return run.values[step]; })};
  const double margin = high > low ? 0.05 * (high - low) : 1;
  curves.y.domain = {low - margin, high + margin};
  curves.series.insert(curves.series.begin(), std::move(function));
  leave_out_far(curves.series, curves.x, curves.y);
  return curves;
}

/// On the function the paths of one variable cover each other; here they do not.
Curves whereabouts_of(const Descent& descent) {
  Curves curves{
      .title = "w1 over the steps",
      .caption = text("One run each.", of_lost_runs(descent), of_stride(descent)),
      .x = {.title = "step"},
      .y = {.title = "w1", .domain = domain_of(view_of(descent).front())},
      .series = series_of(
          descent, Mark::line,
          [](const lab::Trajectory&, std::size_t step) { return static_cast<double>(step); },
          [](const lab::Trajectory& run, std::size_t step) { return run.points[step][0]; })};
  leave_out_far(curves.series, curves.x, curves.y);
  return curves;
}

Curves course_of(const Descent& descent) {
  const Measure measure = measure_of(descent);
  const Heights heights = heights_of(descent);
  Curves curves{
      .title = text(measure.name, " over the steps"),
      .caption = text("One run each.", of_lost_runs(descent), of_stride(descent)),
      .x = {.title = "step"},
      .y = {.title = measure.name},
      .series = series_of(
          descent, Mark::line,
          [](const lab::Trajectory&, std::size_t step) { return static_cast<double>(step); },
          [&](const lab::Trajectory& run, std::size_t step) {
            return run.values[step] - measure.zero;
          })};
  std::vector<double> all;
  for (const Series& series : curves.series)
    all.insert(all.end(), series.y.begin(), series.y.end());
  if (descent.surface != nullptr || spans_decades(all)) curves.y.scale = Scale::log;
  const auto [low, high] = std::ranges::minmax(all);
  const double top = heights.highest - measure.zero;
  if (curves.y.scale == Scale::log) {
    // Further down there is nothing but rounding.
    const double bottom = 1e-16 * (heights.start - measure.zero);
    double least = HUGE_VAL;
    for (const double value : all)
      if (value > 0) least = std::min(least, value);
    if (bottom > 0 && (least < bottom || high > top))
      curves.y.domain = {std::max(least, bottom), std::min(high, top)};
  } else if (high > top && top > low) {
    curves.y.domain = {low, top};
  }
  leave_out_far(curves.series, curves.x, curves.y);
  return curves;
}

}  // namespace

std::vector<Figure> trajectory_figures(const Descent& descent) {
  const std::size_t dimension = descent.runs.front().trajectory.points.front().size();
  std::vector<Figure> figures;
  if (dimension == 1) {
    figures.emplace_back(curve_of(descent));
    figures.emplace_back(whereabouts_of(descent));
  }
  if (dimension == 2) figures.emplace_back(map_of(descent));
  figures.emplace_back(course_of(descent));
  return figures;
}

}  // namespace ravine::report
