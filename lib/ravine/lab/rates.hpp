#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "ravine/lab/regime.hpp"

// The convergence rate of one component as a function of alpha lambda and beta (Goh, 2017).

namespace ravine::lab {

struct RateCell {
  double alpha_lambda;
  double beta;
  double rate;  ///< max(|s1|, |s2|) of R, per step
  Regime regime;
};

/// Throws InputError unless alpha lambda is not negative, the rate is finite, and beta is in [0,
/// 1).
RateCell rate_at(double alpha_lambda, double beta);

/// The ends of what a grid covers.
inline constexpr double most_alpha_lambda = 4;
inline constexpr double most_beta = 1;

struct RateGrid {
  std::size_t columns = 200;  ///< of alpha lambda from 0 to 4
  std::size_t rows = 200;     ///< of beta from 0 to 1
};
inline constexpr std::size_t least_cells = 2;
inline constexpr std::size_t most_cells = 500;

/// The centres of the cells, so that none lies on the rim, where nothing converges: row by row from
/// the lowest beta, [rows * columns]. Throws InputError for fewer than 2 or more than 500 columns
/// or rows.
std::vector<RateCell> rate_grid(const RateGrid& grid);

/// A run of the registered rule beside the prediction.
struct SimulatedRate {
  RateCell predicted;
  std::optional<double> measured;  ///< none where it leaves all numbers within three steps
  /// |measured - predicted| / predicted, or rounding; 0 where nothing is measured.
  double deviation() const;
};

/// `sgd` with momentum on lambda w^2 / 2 from w = 1 by gradients from autograd, and its
/// `measured_rate`.
SimulatedRate simulate_rate(const RateCell& cell, std::size_t steps);

/// Uniformly random points of what a grid covers.
std::vector<RateCell> random_cells(std::size_t count, std::uint64_t seed);

struct RatesOptions {
  RateGrid grid = {};
  /// Points (alpha lambda, beta) instead of the grid; they are simulated, and no others.
  std::vector<std::vector<double>> at = {};
  std::size_t points = 200;  ///< random ones that are simulated
  std::size_t steps = 200;   ///< of a simulation
  std::uint64_t seed = 0;
};

struct Rates {
  RatesOptions options;
  std::vector<RateCell> grid;   ///< [rows * columns]
  std::vector<RateCell> cells;  ///< those asked for
  std::vector<SimulatedRate> simulated;
};

/// Throws InputError, see `rate_at` and `rate_grid`, where a point is not two numbers, for fewer
/// than 3 steps, and for more points or steps than can be simulated in a minute.
Rates rates(const RatesOptions& options);

}  // namespace ravine::lab
