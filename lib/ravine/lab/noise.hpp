#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "ravine/lab/agreement.hpp"
#include "ravine/lab/chosen_settings.hpp"

// Momentum with stochastic gradients on f(w) = 1/2 sum lambda_i w_i^2: how much of the expected
// error comes from the start, how much from the noise (Goh, 2017, "Momentum with
// Stochastic Gradients"), beside runs of the real update.

namespace ravine::lab {

struct NoiseOptions {
  std::vector<double> curvatures = {1, 10, 100};
  double sigma = 1;  ///< standard deviation of the noise in each component of each gradient
  SettingsChoice settings = {};
  std::vector<double> start = {};  ///< w at step 0, [n]; empty: all 1
  std::size_t steps = 100;
  std::size_t runs = 1000;
  std::uint64_t seed = 0;
};

/// Of f over the runs, by step: [steps + 1].
struct MonteCarlo {
  std::vector<double> mean;
  std::vector<double> standard_error;  ///< of the mean; not finite where that is not
  std::size_t runs;
  Agreement agreement;  ///< with what is expected, from the first step on
};

struct Noise {
  NoiseOptions options;
  MomentumSettings settings;
  double rate;  ///< of the slowest component
  bool is_stable;
  /// Of E f(w^k), [steps + 1]: 1/2 sum lambda_i (R^k x^0)_2^2, ...
  std::vector<double> deterministic;
  /// ... and sigma^2 / 2 sum lambda_i sum_(j < k) (R^j (1, -alpha))_2^2.
  std::vector<double> stochastic;
  std::vector<double> expected;  ///< their sum
  double noise_floor;  ///< the stochastic part in the long run; infinite where it diverges
  MonteCarlo monte_carlo;
};

/// sigma^2 / 2 sum lambda_i Var(x_i), with the stationary variance.
double noise_floor(const std::vector<double>& curvatures, const MomentumSettings& settings,
                   double sigma);

/// The expected error after k steps alone, for a map of many settings.
double expected_error(const NoiseOptions& options, const MomentumSettings& settings, std::size_t k);

/// The expected error after all steps, over learning rates from 0 to the largest that any momentum
/// allows, and momentum from 0 to 1; at the centres of cells, a row of one momentum after another.
struct ErrorMap {
  static constexpr std::size_t columns = 80;
  static constexpr std::size_t rows = 80;
  double largest_lr;
  std::vector<double> error;  ///< [rows * columns]; infinite where it diverges
  MomentumSettings best;      ///< of the cells
  double best_error;
};
ErrorMap error_map(const NoiseOptions& options);

/// Of learning rates up to the one with the best rate: a faster rate beside a higher floor.
struct TradeOff {
  double momentum;
  std::vector<double> rate;
  std::vector<double> floor;
};
TradeOff trade_off(const NoiseOptions& options, double momentum);

/// All runs are rows of one parameter of the registered rule `sgd`; the noise is a random linear
/// term of the function, and comes into the gradient by autograd. Throws InputError for curvatures
/// not above 0, a sigma or settings out of their ranges, fewer than 2 runs, and more runs or steps
/// than can be kept or run in a minute.
Noise noise(const NoiseOptions& options);

}  // namespace ravine::lab
