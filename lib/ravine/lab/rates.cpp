#include "ravine/lab/rates.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ravine/autograd/reduce.hpp"
#include "ravine/lab/descent_settings.hpp"
#include "ravine/lab/interval.hpp"
#include "ravine/lab/measured_rate.hpp"
#include "ravine/lab/momentum_matrix.hpp"
#include "ravine/lab/quadratic.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/random.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::lab {
namespace {

constexpr std::size_t most_checks = 10'000;
constexpr std::size_t most_checking_updates = 5'000'000;  // of all points

void check_simulation(std::size_t points, std::size_t steps) {
  if (points > most_checks)
    throw InputError(text("points: ", points, " are too many (at most ", most_checks, ")"));
  if (steps < least_steps_of_a_rate)
    throw InputError(text("steps must be at least ", least_steps_of_a_rate, " to measure a rate, ",
                          steps, steps == 1 ? " was" : " were", " given"));
  const std::size_t most =
      std::min(most_checking_updates / std::max<std::size_t>(points, 1), most_run_numbers);
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
  const std::vector<double> across = centres({0, most_alpha_lambda}, grid.columns);
  std::vector<RateCell> cells;
  for (const double beta : centres({0, most_beta}, grid.rows))
    for (const double alpha_lambda : across) cells.push_back(rate_at(alpha_lambda, beta));
  return cells;
}

double SimulatedRate::deviation() const {
  if (!measured) return 0;
  return std::abs(*measured - predicted.rate) /
         std::max(predicted.rate, std::numeric_limits<double>::epsilon());
}

SimulatedRate simulate_rate(const RateCell& cell, std::size_t steps) {
  const optim::Spec rule = descent_settings({.lr = cell.alpha_lambda, .momentum = cell.beta});
  std::vector<double> positions, sizes;
  follow([](const Variable<double>& w) { return 0.5 * sum(w * w); }, Tensor<double>::ones({1}),
         {.optimizer = rule.name, .settings = rule.settings, .steps = steps},
         [&](const Visited& at) {
           positions.push_back(at.w[0]);
           sizes.push_back(std::abs(at.w[0]));
           return true;
         });
  return {cell, measured_rate(positions, sizes)};
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
