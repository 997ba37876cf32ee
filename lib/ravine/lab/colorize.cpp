#include "ravine/lab/colorize.hpp"

#include <algorithm>
#include <cmath>

#include "ravine/lab/descent_settings.hpp"
#include "ravine/lab/larger.hpp"
#include "ravine/lab/matrix_vector.hpp"
#include "ravine/lab/modes.hpp"
#include "ravine/lab/steps_to_tolerance.hpp"
#include "ravine/optim/rules/momentum.hpp"
#include "ravine/optim/rules/sgd.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::lab {
namespace {

void check(const ColorizeOptions& options) {
  check(options.grid, ColorizeOptions::most_pixels);
  constexpr double least = ColorizeOptions::least_tolerance;
  if (!(options.tolerance >= least && options.tolerance < 1))
    throw InputError(
        text("tolerance must be from ", least, " to below 1, ", options.tolerance, " was given"));
  if (options.steps < 1 || options.steps > ColorizeOptions::most_steps)
    throw InputError(text("steps must be from 1 to ", ColorizeOptions::most_steps, ", ",
                          options.steps, " were given"));
}

/// The start, 0, is -1 away from the minimum everywhere: x = V'(0 - 1).
Modes modes_of(const Eigen<double>& eigen) {
  const std::vector<double> apart(eigen.values.size(), -1);
  return {.curvatures = eigen.values.to_vector(),
          .start = times(eigen.vectors, apart, blas::Transpose::yes)};
}

std::vector<std::vector<double>> slow_shapes(const Eigen<double>& eigen) {
  const std::size_t n = eigen.values.size();
  std::vector<std::vector<double>> shapes(std::min<std::size_t>(3, n), std::vector<double>(n));
  for (std::size_t i = 0; i < shapes.size(); ++i)
    for (std::size_t pixel = 0; pixel < n; ++pixel) shapes[i][pixel] = eigen.vectors[pixel * n + i];
  return shapes;
}

/// 0, then twice as many each time up to `last`.
std::vector<std::size_t> doubling_steps(std::size_t last) {
  std::vector<std::size_t> steps{0};
  for (const std::size_t part : {16U, 8U, 4U, 2U, 1U})
    if (last / part > steps.back()) steps.push_back(last / part);
  return steps;
}

/// What all runs have in common.
struct Problem {
  const ColorizeOptions& options;
  Modes modes;
  std::vector<std::size_t> frame_steps;

  double tolerated() const { return options.tolerance * start_value(); }
  double start_value() const { return static_cast<double>(options.grid.seeds.size()) / 2; }
};

ColorizeRun planned(std::string_view rule, const BestSettings& best, const Problem& problem) {
  ColorizeRun run;
  run.name = rule;
  run.best = best;
  run.predicted_steps = steps_to_tolerance(problem.modes, best.settings, problem.tolerated());
  return run;
}

void measure(ColorizeRun& run, const Problem& problem) {
  constexpr std::size_t points = 300;
  const std::size_t limit = problem.options.steps;
  const std::size_t expected = std::min(run.predicted_steps.value_or(limit), limit);
  const std::size_t stride = std::max<std::size_t>(1, expected / points);
  const auto take = [&](const Visited& at) {
    const double predicted = error_after(problem.modes, run.best.settings, at.step);
    run.points.push_back({at.step, at.value, predicted, std::ranges::min(at.w)});
    const double off = std::abs(at.value - predicted);
    if (off != 0) run.max_closed_form_error = larger(run.max_closed_form_error, off / predicted);
  };
  const PixelGrid& grid = problem.options.grid;
  follow(objective(grid), Tensor<double>::zeros({grid.rows, grid.columns}),
         {.optimizer = run.name, .settings = rule_settings(run.best.settings), .steps = limit},
         [&](const Visited& at) {
           if (std::ranges::find(problem.frame_steps, at.step) != problem.frame_steps.end())
             run.frames.emplace_back(at.w.begin(), at.w.end());
           if (!run.measured_steps && at.value <= problem.tolerated()) run.measured_steps = at.step;
           const bool is_done = run.measured_steps && at.step >= problem.frame_steps.back();
           const bool is_last = is_done || at.step == limit;
           if (at.step % stride == 0 || is_last) take(at);
           return !is_last;
         });
}

}  // namespace

Colorize colorize(const ColorizeOptions& options) {
  check(options);
  const Eigen<double> eigen = eigh(hessian(options.grid));
  Problem problem{.options = options, .modes = modes_of(eigen), .frame_steps = {}};
  Colorize result{.options = options,
                  .curvatures = problem.modes.curvatures,
                  .slow_shapes = slow_shapes(eigen),
                  .frame_steps = {},
                  .runs = {}};
  const double smallest = result.curvatures.front();
  const double largest = result.curvatures.back();
  result.runs = {planned(optim::Sgd::about.name, best_descent(smallest, largest), problem),
                 planned(optim::Momentum::about.name, best_momentum(smallest, largest), problem)};
  const std::size_t last = result.runs.back().predicted_steps.value_or(options.steps);
  problem.frame_steps = doubling_steps(std::min(last, options.steps));
  result.frame_steps = problem.frame_steps;
  for (ColorizeRun& run : result.runs) measure(run, problem);
  return result;
}

}  // namespace ravine::lab
