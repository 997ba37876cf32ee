#include "ravine/lab/noise.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ravine/autograd/reduce.hpp"
#include "ravine/lab/best_settings.hpp"
#include "ravine/lab/descent_settings.hpp"
#include "ravine/lab/gradient_noise.hpp"
#include "ravine/lab/interval.hpp"
#include "ravine/lab/modes.hpp"
#include "ravine/lab/quadratic_problem.hpp"
#include "ravine/optim/make.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/random.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::lab {
namespace {

constexpr std::size_t most_numbers = 1'000'000;    // components of all runs at once
constexpr std::size_t most_steps = 500'000;        // to keep and to show one takes 700 bytes
constexpr std::size_t most_updates = 100'000'000;  // of all components of all runs
constexpr double most_sigma = 1e100;               // squares stay finite

void check(const NoiseOptions& options) {
  check_curvatures(options.curvatures);
  if (!(options.sigma >= 0 && options.sigma <= most_sigma))
    throw InputError(
        text("sigma must be from 0 to ", most_sigma, ", ", options.sigma, " was given"));
  if (options.runs < 2)
    throw InputError(text("runs must be at least 2 for a standard error, ", options.runs,
                          options.runs == 1 ? " was" : " were", " given"));
  const std::size_t n = options.curvatures.size();
  if (options.runs > most_numbers / n)
    throw InputError(text("runs: ", options.runs, " of ", n, " components are too many (at most ",
                          most_numbers / n, ")"));
  const std::size_t steps = std::min(most_steps, most_updates / (options.runs * n));
  if (options.steps > steps)
    throw InputError(text("steps: ", options.steps, " of ", options.runs, " runs of ", n,
                          n == 1 ? " component" : " components", " are too many (at most ", steps,
                          ")"));
  if (!options.start.empty()) {
    check_length("start", options.start, n);
    for (std::size_t i = 0; i < n; ++i)
      if (!std::isfinite(options.start[i]))
        throw InputError(
            text("start: number ", i + 1, " is ", options.start[i], ", but must be finite"));
    const Modes modes{.curvatures = options.curvatures, .start = options.start};
    if (const double error = error_after(modes, {.lr = 0}, 0); !std::isfinite(error))
      throw InputError(
          text("start: the function's value there is ", error, " (start where it is finite)"));
  }
}

std::vector<double> start_of(const NoiseOptions& options) {
  return options.start.empty() ? std::vector<double>(options.curvatures.size(), 1.0)
                               : options.start;
}

/// f of each run.
std::vector<double> errors(const Tensor<double>& w, std::span<const double> curvatures) {
  const std::size_t n = curvatures.size();
  std::vector<double> result(w.extent(0), 0.0);
  for (std::size_t run = 0; run < result.size(); ++run)
    for (std::size_t i = 0; i < n; ++i) result[run] += error_share(curvatures[i], w[run * n + i]);
  return result;
}

MonteCarlo monte_carlo(const NoiseOptions& options, const MomentumSettings& settings,
                       const std::vector<double>& expected) {
  const std::size_t n = options.curvatures.size();
  const std::vector<double> start = start_of(options);
  Tensor<double> starts = Tensor<double>::uninitialized({options.runs, n});
  for (std::size_t i = 0; i < starts.size(); ++i) starts[i] = start[i % n];
  const Variable<double> w = parameter(starts);  // [runs, n]
  const Variable<double> curvatures(Tensor<double>({n}, options.curvatures));
  const optim::Spec rule = descent_settings(settings);
  const auto optimizer =
      optim::make<double>(rule.name, Parameters<double>{w.parameter()}, rule.settings);
  Generator generator(options.seed);

  MonteCarlo result{.mean = {}, .standard_error = {}, .runs = options.runs, .agreement = {}};
  AgreementOfRuns agreement(options.runs);
  for (std::size_t step = 0; step <= options.steps; ++step) {
    if (step > 0) {
      auto noise = Tensor<double>::uninitialized({options.runs, n});
      fill_normal(noise, 0, options.sigma, generator);
      optimizer->zero_grad();
      sum(0.5 * curvatures * w * w + Variable<double>(noise) * w).backward();
      optimizer->step();
    }
    const std::vector<double> f = errors(w.value(), options.curvatures);
    const MeanAndError found = mean_and_error(f);
    result.mean.push_back(found.mean);
    result.standard_error.push_back(found.standard_error);
    if (step > 0) agreement.add(step, f, found, expected[step]);
  }
  result.agreement = agreement.result();
  return result;
}

}  // namespace

double noise_floor(const std::vector<double>& curvatures, const MomentumSettings& settings,
                   double sigma) {
  if (sigma == 0) return 0;
  double floor = 0;
  for (const double curvature : curvatures)
    floor += curvature / 2 * stationary_variance(settings, curvature);
  return sigma * sigma * floor;
}

double expected_error(const NoiseOptions& options, const MomentumSettings& settings,
                      std::size_t k) {
  const Modes modes{.curvatures = options.curvatures, .start = start_of(options)};
  double error = error_after(modes, settings, k);
  for (const double curvature : options.curvatures)
    error +=
        options.sigma * options.sigma * curvature / 2 * noise_covariance(settings, curvature, k).d;
  return error;
}

ErrorMap error_map(const NoiseOptions& options) {
  ErrorMap map{.largest_lr = largest_stable_lr(1, std::ranges::max(options.curvatures)),
               .error = {},
               .best = {},
               .best_error = std::numeric_limits<double>::infinity()};
  const std::vector<double> rates = centres({0, map.largest_lr}, ErrorMap::columns);
  for (const double momentum : centres({0, 1}, ErrorMap::rows))
    for (const double lr : rates) {
      const MomentumSettings settings{.lr = lr, .momentum = momentum};
      const double error = all_stable(options.curvatures, settings)
                               ? expected_error(options, settings, options.steps)
                               : std::numeric_limits<double>::infinity();
      map.error.push_back(error);
      if (error >= map.best_error) continue;
      map.best = settings;
      map.best_error = error;
    }
  return map;
}

TradeOff trade_off(const NoiseOptions& options, double momentum) {
  constexpr int points = 60;
  const auto [smallest, largest] = std::ranges::minmax(options.curvatures);
  const double fastest = best_lr(momentum, smallest, largest);
  TradeOff result{.momentum = momentum, .rate = {}, .floor = {}};
  for (int i = 0; i < points; ++i) {  // three decades, up to the rate that is best
    const MomentumSettings settings{.lr = fastest * std::pow(10, 3.0 * (i + 1 - points) / points),
                                    .momentum = momentum};
    result.rate.push_back(rate_of(options.curvatures, settings));
    result.floor.push_back(noise_floor(options.curvatures, settings, options.sigma));
  }
  return result;
}

Noise noise(const NoiseOptions& options) {
  check(options);
  const auto [smallest, largest] = std::ranges::minmax(options.curvatures);
  const MomentumSettings settings = chosen_settings(options.settings, smallest, largest);
  Noise result{.options = options,
               .settings = settings,
               .rate = rate_of(options.curvatures, settings),
               .is_stable = all_stable(options.curvatures, settings),
               .deterministic = {},
               .stochastic = {},
               .expected = {},
               .noise_floor = noise_floor(options.curvatures, settings, options.sigma),
               .monte_carlo = {}};
  const Modes modes{.curvatures = options.curvatures, .start = start_of(options)};
  double stochastic = 0;
  for (std::size_t k = 0; k <= options.steps; ++k) {
    result.deterministic.push_back(error_after(modes, settings, k));
    result.stochastic.push_back(stochastic);
    result.expected.push_back(result.deterministic.back() + stochastic);
    for (const double curvature : options.curvatures) {  // the noise of k steps ago
      const Matrix2 r = momentum_power(settings, curvature, k);
      const double part = r.c - settings.lr * r.d;  // (R^k (1, -alpha))_2
      stochastic += options.sigma * options.sigma * curvature / 2 * part * part;
    }
  }
  result.monte_carlo = monte_carlo(options, settings, result.expected);
  return result;
}

}  // namespace ravine::lab
