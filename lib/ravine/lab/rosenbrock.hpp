#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "ravine/lab/best_settings.hpp"
#include "ravine/lab/convex_rosenbrock.hpp"
#include "ravine/lab/first_order.hpp"
#include "ravine/optim/setting.hpp"

// Every registered rule on the convex Rosenbrock, beside the bound that no linear first-order
// method gets under (Goh, 2017, "The Limits of Descent").

namespace ravine::lab {

struct RosenbrockOptions {
  ConvexRosenbrock function = {};
  std::size_t steps = 100;

  static constexpr double most_kappa = 1e12;  // more than any chain of `most_numbers` shows of it
  static constexpr std::size_t most_numbers = 2000;
  static constexpr std::size_t most_steps = 2000;  // word has come to the end of every chain then
  static constexpr std::size_t most_first_points = 60;
};

/// How a run's settings were come by.
enum class Choice {
  theory,    ///< best for the exact spectrum, in closed form
  search,    ///< the learning rate with the least error after the last step, of `rates_tried`
  defaults,  ///< of a rule that searches along lines itself
};

/// 0.001 to 10, three a decade.
std::vector<double> rates_tried();

struct RosenbrockRun {
  std::string name;
  FirstOrder kind;
  Choice choice = Choice::defaults;
  optim::Settings settings = {};
  std::vector<double> error = {};           ///< max_i |w_i^k - w_i*|, [steps + 1]
  std::vector<std::size_t> gradients = {};  ///< computed for that point, [steps + 1]
  bool diverged = false;                    ///< the two lists are shorter then
  /// w at first, at most `most_first_points` points and numbers of each.
  std::vector<std::vector<double>> first_points = {};
  /// At some step the error is below the bound. No allowance is made for rounding: the numbers that
  /// word has not reached are exactly 0.
  bool beats_bound = false;
  /// The same with the bound for as many steps as gradients were computed.
  bool beats_bound_per_gradient = false;
};

struct Rosenbrock {
  RosenbrockOptions options;
  double condition_number;          ///< of this n
  double smallest, largest;         ///< curvature
  std::vector<double> lower_bound;  ///< [steps + 1]
  std::vector<RosenbrockRun> runs;  ///< in the registry's order
};

/// Nesterov's gradient on a quadratic: alpha = 4 / (3 l_n + l_1),
/// beta = (sqrt(3 kappa + 1) - 2) / (sqrt(3 kappa + 1) + 2), rate 1 - 2 / sqrt(3 kappa + 1)
/// (Lessard, Recht and Packard, 2016, SIAM Journal on Optimization 26, table 1).
BestSettings best_nesterov(double smallest, double largest);

/// Sets whether the run's errors are below the bound, [any number of steps] and 0 after these.
void compare(RosenbrockRun& run, std::span<const double> bound);

/// Throws InputError for a kappa that is not above 1 or is more than 1e12, and for counts out of
/// their bounds.
Rosenbrock rosenbrock(const RosenbrockOptions& options);

}  // namespace ravine::lab
