#include "ravine/lab/steps_to_tolerance.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

namespace ravine::lab {
namespace {

/// The components that the error has a part of.
Modes moving(const Modes& modes) {
  Modes result;
  for (std::size_t i = 0; i < modes.start.size(); ++i) {
    if (modes.curvatures[i] == 0 || modes.start[i] == 0) continue;
    result.curvatures.push_back(modes.curvatures[i]);
    result.start.push_back(modes.start[i]);
  }
  return result;
}

/// Every |1 - alpha lambda|^k falls with k, and so does the error: a search by halves.
std::optional<std::size_t> steps_of_descent(const Modes& modes, const MomentumSettings& settings,
                                            double tolerance) {
  const auto is_there = [&](std::size_t k) { return error_after(modes, settings, k) <= tolerance; };
  if (is_there(0)) return 0;
  if (!(rate_of(modes.curvatures, settings) < 1)) {
    for (std::size_t k = 1; k <= steps_looked_at_without_shrinking; ++k)
      if (is_there(k)) return k;
    return {};
  }
  std::size_t low = 0;  // not there yet
  std::size_t high = 1;
  while (!is_there(high)) {
    low = high;
    high *= 2;
  }
  while (high - low > 1) {
    const std::size_t middle = low + (high - low) / 2;
    (is_there(middle) ? high : low) = middle;
  }
  return high;
}

/// All components of momentum at once, by its update, in units in which the error is the sum of
/// squares: z = sqrt(lambda / 2) x and u = alpha sqrt(lambda / 2) y, so that u' = beta u + p z and
/// z' = z - u' with p = alpha lambda.
class MomentumRun {
 public:
  MomentumRun(const Modes& modes, const MomentumSettings& settings)
      : modes_(modes), settings_(settings) {
    const std::size_t padded = (modes.start.size() + lanes - 1) / lanes * lanes;
    for (std::vector<double>* values : {&p_, &u_, &z_}) values->assign(padded, 0);
    for (std::size_t i = 0; i < modes.start.size(); ++i) p_[i] = settings.lr * modes.curvatures[i];
  }

  /// By the closed form, which ends the rounding errors of the steps before.
  void start_at(std::size_t k) {
    for (std::size_t i = 0; i < modes_.start.size(); ++i) {
      const Matrix2 power = momentum_power(settings_, modes_.curvatures[i], k);
      const double unit = std::sqrt(modes_.curvatures[i] / 2) * modes_.start[i];
      u_[i] = counting(settings_.lr * unit * power.b);
      z_[i] = counting(unit * power.d);
    }
  }

  /// The error after one step more.
  double step() {
    std::array<double, lanes> sums{};
    for (std::size_t i = 0; i < z_.size(); i += lanes)
      for (std::size_t j = 0; j < lanes; ++j) {
        const double u = settings_.momentum * u_[i + j] + p_[i + j] * z_[i + j];
        const double z = z_[i + j] - u;
        u_[i + j] = u;
        z_[i + j] = z;
        sums[j] += z * z;
      }
    return std::accumulate(sums.begin(), sums.end(), 0.0);
  }

 private:
  static constexpr std::size_t lanes = 8;  // independent sums, which the compiler may vectorise

  /// A square below 1e-300 counts nowhere, and denormal numbers are slow.
  static double counting(double value) { return std::abs(value) < 1e-150 ? 0 : value; }

  const Modes& modes_;
  MomentumSettings settings_;
  std::vector<double> p_, u_, z_;  // [n], and zeros up to whole lanes
};

std::optional<std::size_t> steps_of_momentum(const Modes& modes, const MomentumSettings& settings,
                                             double tolerance) {
  if (error_after(modes, settings, 0) <= tolerance) return 0;
  constexpr std::size_t block = 4096;
  const std::size_t last = all_stable(modes.curvatures, settings)
                               ? momentum_steps_looked_at(modes)
                               : steps_looked_at_without_shrinking;
  MomentumRun run(modes, settings);
  for (std::size_t k = 0; k < last; ++k) {
    if (k % block == 0) run.start_at(k);
    const double error = run.step();
    if (error <= tolerance) return k + 1;
    if (!std::isfinite(error)) break;
  }
  return {};
}

}  // namespace

std::size_t momentum_steps_looked_at(const Modes& modes) {
  constexpr std::size_t most_updates = 2'000'000'000;
  return std::min(most_predicted_momentum_steps,
                  most_updates / std::max<std::size_t>(1, modes.start.size()));
}

std::optional<std::size_t> steps_to_tolerance(const Modes& modes, const MomentumSettings& settings,
                                              double tolerance) {
  const Modes counting = moving(modes);
  return settings.momentum == 0 ? steps_of_descent(counting, settings, tolerance)
                                : steps_of_momentum(counting, settings, tolerance);
}

}  // namespace ravine::lab
