#include "ravine/lab/rates.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "ravine/lab/measured_rate.hpp"
#include "ravine/lab/momentum_matrix.hpp"
#include "ravine/lab/quadratic.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/random.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::lab {
namespace {

constexpr std::size_t most_points = 10'000;
constexpr std::size_t most_updates = 5'000'000;  // of all points

void check_simulation(std::size_t points, std::size_t steps) {
  if (points > most_points)
    throw InputError(text("points: ", points, " are too many (at most ", most_points, ")"));
  if (steps < least_steps_of_a_rate)
    throw InputError(text("steps must be at least ", least_steps_of_a_rate, " to measure a rate, ",
                          steps, steps == 1 ? " was" : " were", " given"));
  const std::size_t most =
      std::min(most_updates / std::max<std::size_t>(points, 1), most_run_numbers);
  if (steps > most)
    throw InputError(text("steps: ", steps, " of ", points, points == 1 ? " point" : " points",
                          " are too many (at most ", most, ")"));
}

}  // namespace

RateCell rate_at(double alpha_lambda, double beta) {
  if (!(alpha_lambda >= 0) || !std::isfinite(alpha_lambda))
    throw InputError(
        text("alpha lambda must be finite and 0 or more, ", alpha_lambda, " was given"));
  if (!(beta >= 0 && beta < 1))
    throw InputError(text("beta must be in [0, 1), ", beta, " was given"));
  const MomentumSettings settings{.lr = alpha_lambda, .momentum = beta};
  const double rate = momentum_rate(settings, 1);
  if (!std::isfinite(rate))
    throw InputError(text("alpha lambda: ", alpha_lambda, " is too large to compute its rate"));
  return {alpha_lambda, beta, rate, regime_of(alpha_lambda, beta)};
}

std::vector<RateCell> rate_grid(const RateGrid& grid) {
  for (const auto& [count, kind] :
       {std::pair{grid.columns, "columns"}, std::pair{grid.rows, "rows"}})
    if (count < least_cells || count > most_cells)
      throw InputError(text("grid: ", kind, " must be from ", least_cells, " to ", most_cells, ", ",
                            count, count == 1 ? " was" : " were", " given"));
  const auto centre = [](std::size_t i, std::size_t count, double most) {
    return (static_cast<double>(i) + 0.5) * most / static_cast<double>(count);
  };
  std::vector<RateCell> cells;
  for (std::size_t row = 0; row < grid.rows; ++row)
    for (std::size_t column = 0; column < grid.columns; ++column)
      cells.push_back(rate_at(centre(column, grid.columns, most_alpha_lambda),
                              centre(row, grid.rows, most_beta)));
  return cells;
}

double SimulatedRate::deviation() const {
  if (!measured) return 0;
  return std::abs(*measured - predicted.rate) /
         std::max(predicted.rate, std::numeric_limits<double>::epsilon());
}

SimulatedRate simulate_rate(const RateCell& cell, std::size_t steps) {
  const Quadratic run =
      quadratic(diagonal_problem(std::array{1.0}),
                {.settings = {.lr = cell.alpha_lambda, .momentum = cell.beta}, .steps = steps});
  return {cell, run.measured_rate};
}

std::vector<RateCell> random_cells(std::size_t count, std::uint64_t seed) {
  Generator generator(seed);
  std::vector<RateCell> cells;
  while (cells.size() < count) {
    const double alpha_lambda = most_alpha_lambda * generator.uniform();
    cells.push_back(rate_at(alpha_lambda, most_beta * generator.uniform()));
  }
  return cells;
}

Rates rates(const RatesOptions& options) {
  check_simulation(options.at.empty() ? options.points : options.at.size(), options.steps);
  Rates result{.options = options, .grid = rate_grid(options.grid), .cells = {}, .simulated = {}};
  for (const std::vector<double>& point : options.at) {
    if (point.size() != 2)
      throw InputError(text("a point has ", point.size(),
                            point.size() == 1 ? " number" : " numbers",
                            " (give alpha lambda and beta, as in 0.5,0.9)"));
    result.cells.push_back(rate_at(point[0], point[1]));
  }
  const bool on_grid = options.at.empty();
  for (const RateCell& cell : on_grid ? random_cells(options.points, options.seed) : result.cells)
    result.simulated.push_back(simulate_rate(cell, options.steps));
  if (on_grid) result.cells = result.grid;
  return result;
}

}  // namespace ravine::lab
