#include "ravine/lab/spectrum.hpp"

#include <algorithm>
#include <cmath>

#include "ravine/lab/best_settings.hpp"
#include "ravine/lab/hessian_product.hpp"
#include "ravine/lab/lanczos.hpp"
#include "ravine/lab/steps_to_tolerance.hpp"
#include "ravine/optim/common_fields.hpp"
#include "ravine/optim/rules/momentum.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::lab {
namespace {

double tolerance_of(const SpectrumOptions& options) {
  return options.tolerance.value_or(SpectrumOptions::default_tolerance);
}

DescentForecast forecast(const GramSpectrum& gram, const FullBatch& batch, const BestSettings& best,
                         const SpectrumOptions& options) {
  const Modes& modes = gram.from_zero;
  const double tolerance = tolerance_of(options);
  DescentForecast result{
      .settings = best.settings,
      .largest_stable_lr = largest_stable_lr(best.settings.momentum, modes.curvatures.back()),
      .rate = best.rate,
      .predicted_steps = steps_to_tolerance(modes, best.settings, tolerance)};
  if (!result.predicted_steps && best.settings.momentum != 0)
    result.not_within = momentum_steps_looked_at(modes);
  if (options.verify)
    result.measured = measured_descent(batch, best.settings, gram.least_loss, tolerance,
                                       options.steps.value_or(SpectrumOptions::most_steps));
  return result;
}

void add_linear(Spectrum& result, const FullBatch& batch, const SpectrumOptions& options) {
  const GramSpectrum gram = gram_spectrum(batch);
  result.smallest = gram.from_zero.curvatures.front();
  result.largest = gram.from_zero.curvatures.back();
  result.condition_number = result.largest / result.smallest;
  result.descent = forecast(gram, batch, best_descent(result.smallest, result.largest), options);
  result.momentum = forecast(gram, batch, best_momentum(result.smallest, result.largest), options);
  result.gram = gram;
}

/// Half of what is stable, unless a rate is given.
DescentForecast suggestion(double momentum, double largest, const SpectrumOptions& options) {
  const double limit = largest_stable_lr(momentum, largest);
  return {.settings = {.lr = options.lr.value_or(limit / 2), .momentum = momentum},
          .largest_stable_lr = limit};
}

void add_network(Spectrum& result, const FullBatch& batch, const SpectrumOptions& options) {
  const auto start = [&] { return initial_layers(result.architecture, options.seed); };
  const Layers layers = start();
  LanczosOptions how;
  how.tolerance = flat_share;
  how.seed = options.seed;
  const ExtremeEigenvalues ends = extreme_eigenvalues(
      [&](const Tensor<double>& v) { return hessian_product(layers, batch, v); }, result.parameters,
      how);
  result.largest = ends.largest.value;
  result.smallest = ends.smallest.value;
  result.lanczos = {.largest_error = ends.largest.residual,
                    .smallest_error = ends.smallest.residual,
                    .converged = ends.converged,
                    .products = ends.products,
                    .loss = loss_of(layers, batch),
                    .ritz_values = ends.ritz_values};
  if (!(result.largest > 0))
    throw InputError(text("the largest curvature at the initial weights is ", result.largest,
                          ": there is no rate to read from it (try another --seed)"));
  if (result.smallest - ends.smallest.residual > flat_share * result.largest)
    result.condition_number = result.largest / result.smallest;

  result.descent = suggestion(0, result.largest, options);
  result.momentum =
      suggestion(options.momentum.value_or(optim::Momentum{}.momentum), result.largest, options);
  if (!options.verify) return;
  const auto run = [&](DescentForecast& run_forecast) {
    Layers trained = start();
    run_forecast.path =
        sharpness_path(trained, batch, run_forecast.settings,
                       options.steps.value_or(SpectrumOptions::path_steps), options.seed);
  };
  run(result.descent);
  if (options.momentum) run(result.momentum);
}

void check_use_of_tolerance(const SpectrumOptions& options, train::ModelKind kind) {
  if (!options.tolerance) return;
  if (kind != train::ModelKind::linear)
    throw InputError(
        text("the minimum that a tolerance counts from is known of a linear model, "
             "not of ",
             name_of(kind), " (leave out --tolerance)"));
  if (!(*options.tolerance > 0 && std::isfinite(*options.tolerance)))
    throw InputError(
        text("the tolerance must be above 0, ", *options.tolerance, " was given (--tolerance)"));
}

/// Those of training do nothing where there is none.
void check_use_of_training(const SpectrumOptions& options) {
  if (options.verify) return;
  const auto refuse = [](std::string_view name) {
    throw InputError(
        text("--", name, " is of a training run (give --verify, or leave out --", name, ")"));
  };
  if (options.lr) refuse(optim::lr_name);
  if (options.momentum) refuse(optim::momentum_name);
  if (options.steps) refuse("steps");
}

}  // namespace

void check(const SpectrumOptions& options, train::ModelKind kind) {
  check_use_of_tolerance(options, kind);
  if (options.steps && !(*options.steps >= 1 && *options.steps <= SpectrumOptions::step_limit))
    throw InputError(text("the steps must be from 1 to ", SpectrumOptions::step_limit, ", ",
                          *options.steps, " was given (--steps)"));
  if (kind == train::ModelKind::linear) {
    if (options.lr || options.momentum)
      throw InputError(
          text("a linear model is run at the best settings, which are computed (leave "
               "out --",
               options.lr ? optim::lr_name : optim::momentum_name, ")"));
    check_use_of_training(options);
    return;
  }
  if (options.lr && !(*options.lr > 0))
    throw InputError(text("the learning rate must be above 0, ", *options.lr, " was given (--",
                          optim::lr_name, ")"));
  // What is left is for the rules to say.
  const Parameters<double> any{parameter(Tensor<double>::zeros({1})).parameter()};
  const MomentumSettings settings{.lr = options.lr.value_or(1),
                                  .momentum = options.momentum.value_or(0)};
  descent_optimizer(any, settings);
  check_use_of_training(options);
}

double tolerable_rounding(const Spectrum& spectrum) {
  const double shown = std::ldexp(1.0, -12);
  if (!spectrum.gram) return shown;
  constexpr double share = 0.01;
  return std::min(shown, std::sqrt(3 * share * spectrum.smallest));
}

void check_size(const std::vector<std::size_t>& layers) {
  double weights = 0;  // a number of any size
  for (std::size_t i = 0; i + 1 < layers.size(); ++i)
    weights += (static_cast<double>(layers[i]) + 1) * static_cast<double>(layers[i + 1]);
  if (weights > static_cast<double>(most_parameters))
    throw InputError(text("a network ", joined(layers, "-"), " has ", weights,
                          " parameters, of which Lanczos' method keeps hundreds of copies (",
                          most_parameters, " at most: take a smaller --hidden)"));
}

Spectrum spectrum(const train::Architecture& architecture, const data::Dataset& prepared,
                  const SpectrumOptions& options) {
  check(options, architecture.kind);
  const FullBatch batch = full_batch(prepared);
  Spectrum result{.architecture = architecture,
                  .examples = batch.size(),
                  .parameters = parameter_count(initial_layers(architecture, options.seed)),
                  .tolerance = tolerance_of(options),
                  .largest = 0,
                  .smallest = 0,
                  .condition_number = {},
                  .descent = {},
                  .momentum = {}};
  if (architecture.kind == train::ModelKind::linear)
    add_linear(result, batch, options);
  else
    add_network(result, batch, options);
  return result;
}

}  // namespace ravine::lab
