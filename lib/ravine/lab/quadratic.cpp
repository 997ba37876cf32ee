#include "ravine/lab/quadratic.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ravine/lab/descent_settings.hpp"
#include "ravine/lab/larger.hpp"
#include "ravine/lab/length.hpp"
#include "ravine/lab/measured_rate.hpp"
#include "ravine/lab/modes.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::lab {
namespace {

QuadraticComponent component(const Modes& modes, std::size_t i, const MomentumSettings& settings,
                             std::size_t steps, std::span<const double> measured,
                             std::span<const double> sizes) {
  const double curvature = modes.curvatures[i];
  QuadraticComponent result{.curvature = curvature,
                            .rate = momentum_rate(settings, curvature),
                            .measured_rate = measured_rate(measured, sizes),
                            .share = {},
                            .measured_share = {}};
  const auto share_of = [&](double x) { return error_share(curvature, x); };
  for (std::size_t k = 0; k <= steps; ++k)
    result.share.push_back(share_of(modes.start[i] * momentum_factor(settings, curvature, k)));
  std::ranges::transform(measured, std::back_inserter(result.measured_share), share_of);
  return result;
}

}  // namespace

double closed_form_error(std::span<const std::vector<double>> run,
                         std::span<const std::vector<double>> closed_form, double rate) {
  constexpr double tiny = 1e-290;  // below, numbers lose digits
  const double slowest = std::max(rate, std::numeric_limits<double>::epsilon());
  double largest_error = 0;
  double size = tiny;
  double before = 0;
  for (std::size_t k = 0; k < run.size(); ++k) {
    const double after = length(closed_form[k]);
    size = std::max({before, after, slowest * size, tiny});
    before = after;
    largest_error = larger(largest_error, distance(run[k], closed_form[k]) / size);
  }
  return largest_error;
}

Quadratic quadratic(const QuadraticProblem& problem, const QuadraticOptions& options) {
  const std::size_t n = problem.curvatures.size();
  const std::vector<double> start =
      options.start.empty() ? std::vector<double>(n, 1.0) : options.start;
  check_length("start", start, n);
  if (options.steps > most_run_numbers / n)
    throw InputError(text("steps: ", options.steps, " of ", n, " components are too many (at most ",
                          most_run_numbers / n, ")"));
  const auto [smallest, largest] = std::ranges::minmax(problem.curvatures);
  Quadratic result{.problem = problem,
                   .smallest = smallest,
                   .largest = largest,
                   .descent = best_descent(smallest, largest),
                   .momentum = best_momentum(smallest, largest),
                   .settings = chosen_settings(options.settings, smallest, largest),
                   .predicted_rate = 0,
                   .measured_rate = {},
                   .max_closed_form_error = 0,
                   .components = {},
                   .run = {}};
  const MomentumSettings& settings = result.settings;
  const optim::Spec rule = descent_settings(settings);
  result.run =
      trajectory(objective(problem), start,
                 {.optimizer = rule.name, .settings = rule.settings, .steps = options.steps});
  result.predicted_rate = rate_of(problem.curvatures, settings);

  const Modes modes{.curvatures = problem.curvatures, .start = components_of(problem, start)};
  const std::size_t recorded = result.run.points.size();
  std::vector<std::vector<double>> closed_form;
  for (std::size_t k = 0; k < recorded; ++k)
    closed_form.push_back(point_of(problem, components_after(modes, settings, k)));
  result.max_closed_form_error =
      closed_form_error(result.run.points, closed_form, result.predicted_rate);
  std::vector<std::vector<double>> measured(n, std::vector<double>(recorded));  // x_i^k
  std::vector<double> sizes(recorded);
  const double rest = length(problem.minimum);
  for (std::size_t k = 0; k < recorded; ++k) {
    const std::vector<double> x = components_of(problem, result.run.points[k]);
    for (std::size_t i = 0; i < n; ++i) measured[i][k] = x[i];
    sizes[k] = length(result.run.points[k]) + rest;
  }
  for (std::size_t i = 0; i < n; ++i) {
    result.components.push_back(component(modes, i, settings, options.steps, measured[i], sizes));
    const auto& rate = result.components.back().measured_rate;
    if (rate) result.measured_rate = std::max(result.measured_rate.value_or(0), *rate);
  }
  return result;
}

}  // namespace ravine::lab
