#include "ravine/lab/oscillator.hpp"

#include <cmath>
#include <limits>

#include "ravine/autograd/reduce.hpp"
#include "ravine/lab/descent_settings.hpp"
#include "ravine/lab/larger.hpp"
#include "ravine/lab/trajectory.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::lab {
namespace {

void check_positive(const char* what, double number, const char* otherwise) {
  if (!(number > 0 && std::isfinite(number)))
    throw InputError(text("oscillator: ", what, " must be above 0 and finite, ", number,
                          " was given (", otherwise, ")"));
  // So that no product or quotient of theirs leaves a double's range.
  constexpr double smallest = 1e-50, largest = 1e50;
  if (number < smallest || number > largest)
    throw InputError(text("oscillator: ", what, " must be from ", smallest, " to ", largest, ", ",
                          number, " was given (take other units)"));
}

/// Steps of all curvatures: to keep and to show one takes 500 bytes.
constexpr std::size_t most_positions = 800'000;

void check(const OscillatorOptions& options) {
  check_positive("mass", options.medium.mass, "without mass it is plain gradient descent");
  check_positive("friction", options.medium.friction, "without friction it swings for ever");
  check_positive("dt", options.dt, "the time of a step, such as 0.5");
  if (options.curvatures.empty())
    throw InputError("oscillator: there must be at least one curvature (such as 3)");
  for (const double curvature : options.curvatures)
    check_positive("a curvature", curvature, "only a valley draws the particle back");
  const std::size_t n = options.curvatures.size();
  if (options.steps > most_positions / n)
    throw InputError(text("oscillator: steps: ", options.steps, " of ", n,
                          n == 1 ? " curvature" : " curvatures", " are too many (at most ",
                          most_positions / n, ")"));
  if (options.start == 0 || !std::isfinite(options.start))
    throw InputError(text("oscillator: start must be finite and not 0, ", options.start,
                          " was given (at 0 nothing moves)"));
}

std::vector<double> run_of(double curvature, const MomentumSettings& settings,
                           const OscillatorOptions& options) {
  const Objective valley = [curvature](const Variable<double>& w) {
    return sum(0.5 * curvature * w * w);
  };
  const optim::Spec rule = descent_settings(settings);
  const Trajectory path =
      trajectory(valley, std::array{options.start},
                 {.optimizer = rule.name, .settings = rule.settings, .steps = options.steps});
  std::vector<double> run;
  for (const std::vector<double>& point : path.points) run.push_back(point.front());
  return run;
}

OscillatorMode mode_of(double curvature, const MomentumSettings& settings,
                       const OscillatorOptions& options) {
  const auto& [mass, friction] = options.medium;
  OscillatorMode mode{
      .curvature = curvature,
      .damping = damping(options.medium, curvature),
      .roots = decay_roots(options.medium, curvature),
      .speedup = speedup(options.medium, curvature),
      .discrete_eigenvalues = momentum_eigenvalues(settings, curvature),
      .stable = is_stable(settings, curvature),
      // dt^2 k < 2 (m + mu dt) + 2 m, which is lr k < 2 + 2 momentum.
      .largest_dt = (friction + std::sqrt(friction * friction + 4 * mass * curvature)) / curvature,
      .largest_dt_of_plain = 2 * friction / curvature,
      .run = run_of(curvature, settings, options),
      .closed_form = {},
      .continuous = {},
      .max_closed_form_error = 0};
  for (std::size_t t = 0; t < mode.run.size(); ++t)
    mode.closed_form.push_back(options.start * momentum_factor(settings, curvature, t));
  for (std::size_t t = 0; t <= options.steps; ++t)
    mode.continuous.push_back(options.start * displacement(options.medium, curvature,
                                                           options.dt * static_cast<double>(t)));
  mode.max_closed_form_error = closed_form_error(mode.run, mode.closed_form);
  return mode;
}

}  // namespace

MomentumSettings momentum_of(const Medium& medium, double dt) {
  const double inertia = medium.mass + medium.friction * dt;
  return {.lr = dt * dt / inertia, .momentum = medium.mass / inertia};
}

double closed_form_error(std::span<const double> run, std::span<const double> closed_form) {
  double largest = 0;
  for (std::size_t t = 1; t < run.size(); ++t) {
    const double size = std::hypot(closed_form[t], closed_form[t - 1]);
    const double off = std::abs(run[t] - closed_form[t]);
    if (!(off <= std::numeric_limits<double>::min())) largest = larger(largest, off / size);
  }
  return largest;
}

Oscillator oscillator(const OscillatorOptions& options) {
  check(options);
  Oscillator result{.options = options,
                    .settings = momentum_of(options.medium, options.dt),
                    .critical_curvature = critical_curvature(options.medium),
                    .modes = {}};
  if (result.settings.momentum == 1)
    throw InputError(text("oscillator: a friction of ", options.medium.friction, " for a time of ",
                          options.dt, " is lost beside a mass of ", options.medium.mass,
                          " (the momentum would be 1; raise friction or dt)"));
  for (const double curvature : options.curvatures)
    result.modes.push_back(mode_of(curvature, result.settings, options));
  return result;
}

}  // namespace ravine::lab
