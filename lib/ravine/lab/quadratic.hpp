#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "ravine/lab/best_settings.hpp"
#include "ravine/lab/chosen_settings.hpp"
#include "ravine/lab/quadratic_problem.hpp"
#include "ravine/lab/trajectory.hpp"

// Gradient descent and momentum on a quadratic, in closed form and run (Goh, 2017, "Why Momentum
// Really Works", Distill).

namespace ravine::lab {

/// Steps times components of a run: to keep and to show one number takes 600 bytes.
inline constexpr std::size_t most_run_numbers = 800'000;

struct QuadraticOptions {
  SettingsChoice settings = {};
  std::vector<double> start = {};  ///< w at step 0, [n]; empty: all 1
  std::size_t steps = 100;
};

/// What happens along one eigenvector.
struct QuadraticComponent {
  double curvature;
  double rate;                          ///< by R, per step
  std::optional<double> measured_rate;  ///< `measured_rate` of the run
  /// What it adds to f(w^k) - f(w*), lambda x^2 / 2: in closed form, [steps + 1], ...
  std::vector<double> share;
  /// ... and in the run, for as many steps as were finite.
  std::vector<double> measured_share;
};

struct Quadratic {
  QuadraticProblem problem;
  double smallest;  ///< curvature
  double largest;
  BestSettings descent;
  BestSettings momentum;
  MomentumSettings settings;  ///< of the run
  double predicted_rate;      ///< of the slowest component
  /// Of the slowest component that can be measured.
  std::optional<double> measured_rate;
  double max_closed_form_error;                ///< `closed_form_error` of the run
  std::vector<QuadraticComponent> components;  ///< in the order of the problem's curvatures
  Trajectory run;
};

/// Runs the registered rule `sgd` with momentum by gradients from autograd, beside R. Throws
/// InputError for settings out of their ranges, a start of another length, and more steps than can
/// be kept.
Quadratic quadratic(const QuadraticProblem& problem, const QuadraticOptions& options);

/// The largest |w of the run - w in closed form| / size over the steps of the run, each [n]; not a
/// number where one w is not. The size is that of w in closed form before or after the step,
/// whichever is larger, and at least what is left of an earlier one when it shrinks by the
/// predicted rate: the rounding of a step is of the size of what went into it, and does not go away
/// any faster. With b = 0 it is the distance from the optimum, so that errors far below the start
/// count in full.
double closed_form_error(std::span<const std::vector<double>> run,
                         std::span<const std::vector<double>> closed_form, double rate);

}  // namespace ravine::lab
