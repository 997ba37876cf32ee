#include "ravine/report/lab/rosenbrock_figures.hpp"

#include <algorithm>
#include <cmath>

#include "ravine/optim/rules/momentum.hpp"
#include "ravine/report/lab/rosenbrock_runs.hpp"
#include "ravine/report/lab/spread.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

using lab::Rosenbrock;
using lab::RosenbrockRun;

std::vector<double> as_numbers(const std::vector<std::size_t>& counts) {
  return {counts.begin(), counts.end()};
}

/// The rules of the class, the best of those beside it, and those that the bound does not hold for:
/// more lines than that nobody tells apart.
std::vector<const RosenbrockRun*> drawn_runs(const Rosenbrock& result) {
  std::vector<const RosenbrockRun*> runs = linear_runs(result);
  for (const RosenbrockRun* run : other_runs(result)) runs.push_back(run);
  const auto diagonal = other_diagonal_runs(result);
  if (!diagonal.empty()) runs.push_back(&nearest(result, diagonal));
  return runs;
}

Curves error_figure(const Rosenbrock& result) {
  // Steps are gradients for all but a line search, which may need many more: they are not drawn.
  const double end = static_cast<double>(result.options.steps);
  const bool any_below = std::ranges::any_of(result.runs, &RosenbrockRun::beats_bound_per_gradient);
  Curves curves{
      .title = any_below ? "Rules beside the bound, by gradients"
                         : "No rule is nearer to the minimum than the bound",
      .caption =
          "The largest error of a number after so many gradients, one run a rule "
          "from 0; dashed, what no linear first-order method gets under. Drawn are "
          "the rules of that class, the best of the others that leave a number at 0 until "
          "its first gradient that is not 0, and those that do not; the table has "
          "all.",
      .x = {.title = "gradients computed", .domain = std::pair(0.0, end)},
      .y = {.title = "largest error", .scale = Scale::log},
      .series = {}};
  if (const RosenbrockRun& best = nearest(result, linear_runs(result)); reaches_bound(result, best))
    curves.caption += text(" The line of ", best.name, " lies upon the bound's.");
  curves.series.push_back(over_steps("lower bound", Mark::dashed, result.lower_bound));
  for (const RosenbrockRun* run : drawn_runs(result)) {
    Series line{.name = run->name, .x = as_numbers(run->gradients), .y = run->error};
    while (!line.x.empty() && line.x.back() > end) {
      line.x.pop_back();
      line.y.pop_back();
    }
    curves.series.push_back(std::move(line));
  }
  return curves;
}

Map cone_figure(const Rosenbrock& result) {
  const auto& points =
      std::ranges::find(result.runs, optim::Momentum::about.name, &RosenbrockRun::name)
          ->first_points;
  const auto rows = points.size();
  const auto columns = points.front().size();
  Map map{.title = "Word travels one place a step",
          .caption =
              "The sizes of the numbers w_i along one run of momentum at its best, step by "
              "step from the bottom. Where it is blank the number is still exactly 0, "
              "whatever the settings: the run cannot know yet that it should move.",
          .x = {.title = "i", .domain = std::pair(0.5, static_cast<double>(columns) + 0.5)},
          .y = {.title = "step", .domain = std::pair(-0.5, static_cast<double>(rows) - 0.5)},
          .columns = columns,
          .rows = rows,
          .values = {},
          .value_title = "size of w_i",
          .log_values = true};
  for (const std::vector<double>& point : points)
    for (const double number : point) map.values.push_back(std::abs(number));
  return map;
}

}  // namespace

std::vector<Figure> rosenbrock_figures(const Rosenbrock& result) {
  return {error_figure(result), cone_figure(result)};
}

}  // namespace ravine::report
