#include "ravine/lab/rosenbrock.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "ravine/lab/descent_settings.hpp"
#include "ravine/lab/larger.hpp"
#include "ravine/lab/trajectory.hpp"
#include "ravine/optim/registry.hpp"
#include "ravine/optim/rules/momentum.hpp"
#include "ravine/optim/rules/nesterov.hpp"
#include "ravine/optim/rules/sgd.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::lab {
namespace {

void check(const RosenbrockOptions& options) {
  const auto& [kappa, n] = options.function;
  if (!(kappa > 1 && kappa <= RosenbrockOptions::most_kappa))
    throw InputError(text("kappa must be a number above 1 and at most ",
                          RosenbrockOptions::most_kappa, ", ", kappa,
                          " was given (it is the ratio of the largest curvature to the smallest)"));
  if (n < 2 || n > RosenbrockOptions::most_numbers)
    throw InputError(
        text("n must be from 2 to ", RosenbrockOptions::most_numbers, ", ", n, " was given"));
  if (options.steps < 1 || options.steps > RosenbrockOptions::most_steps)
    throw InputError(text("steps must be from 1 to ", RosenbrockOptions::most_steps, ", ",
                          options.steps, " were given"));
}

/// In closed form, for the rules that have one.
std::optional<optim::Settings> best_for(std::string_view rule, double smallest, double largest) {
  if (rule == optim::Sgd::about.name)
    return rule_settings(best_descent(smallest, largest).settings);
  if (rule == optim::Momentum::about.name)
    return rule_settings(best_momentum(smallest, largest).settings);
  if (rule == optim::Nesterov::about.name)
    return rule_settings(best_nesterov(smallest, largest).settings);
  return {};
}

double largest_error(std::span<const double> w, std::span<const double> target) {
  double error = 0;
  for (std::size_t i = 0; i < w.size(); ++i) error = larger(error, std::abs(w[i] - target[i]));
  return error;
}

double bound_at(std::span<const double> bound, std::size_t k) {
  return k < bound.size() ? bound[k] : 0;
}

/// The problem, worked out once for all runs.
struct Bounded {
  explicit Bounded(const RosenbrockOptions& options)
      : f(objective(options.function)),
        start(Tensor<double>::zeros({options.function.n})),
        target(minimiser(options.function)),
        steps(options.steps) {}

  Objective f;
  Tensor<double> start;
  std::vector<double> target;  // which is the bound, too
  std::size_t steps;
};

/// The run with what was measured of it.
RosenbrockRun measured(RosenbrockRun run, const Bounded& problem) {
  run.diverged = !follow(problem.f, problem.start,
                         {.optimizer = run.name, .settings = run.settings, .steps = problem.steps},
                         [&](const Visited& at) {
                           run.error.push_back(largest_error(at.w, problem.target));
                           run.gradients.push_back(at.gradients);
                           if (run.first_points.size() < RosenbrockOptions::most_first_points) {
                             const auto shown = at.w.first(
                                 std::min(at.w.size(), RosenbrockOptions::most_first_points));
                             run.first_points.emplace_back(shown.begin(), shown.end());
                           }
                           return true;
                         });
  compare(run, problem.target);
  return run;
}

/// Of runs with each of the rates, the one that ends nearest to the minimum.
RosenbrockRun best_of_search(const RosenbrockRun& plan, const Bounded& problem) {
  std::optional<RosenbrockRun> best;
  for (const double lr : rates_tried()) {
    RosenbrockRun run = plan;
    run.choice = Choice::search;
    run.settings = {{std::string(optim::lr_name), lr}};
    run = measured(std::move(run), problem);
    if (!best || best->diverged || (!run.diverged && run.error.back() < best->error.back()))
      best = std::move(run);
  }
  return *best;
}

RosenbrockRun best_run(const optim::RuleInfo& rule, const Rosenbrock& result,
                       const Bounded& problem) {
  RosenbrockRun plan;
  plan.name = std::string(rule.about.name);
  plan.kind = first_order_class(rule);
  const auto best = best_for(plan.name, result.smallest, result.largest);
  if (best) {
    plan.choice = Choice::theory;
    plan.settings = *best;
    return measured(std::move(plan), problem);
  }
  if (searches_lines(rule)) return measured(std::move(plan), problem);
  return best_of_search(plan, problem);
}

}  // namespace

std::vector<double> rates_tried() {
  std::vector<double> rates;
  for (int third = -9; third <= 3; ++third) rates.push_back(std::pow(10, third / 3.0));
  return rates;
}

BestSettings best_nesterov(double smallest, double largest) {
  const double root = std::sqrt(3 * largest / smallest + 1);
  return {{.lr = 4 / (3 * largest + smallest), .momentum = (root - 2) / (root + 2)}, 1 - 2 / root};
}

void compare(RosenbrockRun& run, std::span<const double> bound) {
  run.beats_bound = false;
  run.beats_bound_per_gradient = false;
  for (std::size_t k = 0; k < run.error.size(); ++k) {
    run.beats_bound = run.beats_bound || run.error[k] < bound_at(bound, k);
    run.beats_bound_per_gradient =
        run.beats_bound_per_gradient || run.error[k] < bound_at(bound, run.gradients[k]);
  }
}

Rosenbrock rosenbrock(const RosenbrockOptions& options) {
  check(options);
  const std::vector<double> spectrum = curvatures(options.function);
  const Bounded problem(options);
  Rosenbrock result{.options = options,
                    .condition_number = spectrum.back() / spectrum.front(),
                    .smallest = spectrum.front(),
                    .largest = spectrum.back(),
                    .lower_bound = lower_bound(options.function, options.steps),
                    .runs = {}};
  for (const optim::RuleInfo& rule : optim::rules())
    result.runs.push_back(best_run(rule, result, problem));
  return result;
}

}  // namespace ravine::lab
