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

using Part = SpectrumProgress::Part;

/// For work that counts in steps or products.
std::function<void(std::size_t)> counting(const SpectrumObserver& observer, Part part,
                                          std::size_t most) {
  if (!observer) return {};
  return [&observer, part, most](std::size_t done) { observer({part, done, most}); };
}

DescentForecast forecast(const GramSpectrum& gram, const FullBatch& batch, const BestSettings& best,
                         Part part, const SpectrumOptions& options,
                         const SpectrumObserver& observer) {
  const Modes& modes = gram.from_zero;
  const double tolerance = tolerance_of(options);
  DescentForecast result{
      .settings = best.settings,
      .largest_stable_lr = largest_stable_lr(best.settings.momentum, modes.curvatures.back()),
      .rate = best.rate,
      .predicted_steps = steps_to_tolerance(modes, best.settings, tolerance)};
  if (!result.predicted_steps && best.settings.momentum != 0)
    result.not_within = momentum_steps_looked_at(modes);
  if (!options.verify) return result;
  const std::size_t most = options.steps.value_or(SpectrumOptions::most_steps);
  result.measured = measured_descent(batch, best.settings, gram.least_loss, tolerance, most,
                                     counting(observer, part, most));
  return result;
}

void add_linear(Spectrum& result, const FullBatch& batch, const SpectrumOptions& options,
                const SpectrumObserver& observer) {
  const GramSpectrum gram = gram_spectrum(batch);
  result.smallest = gram.from_zero.curvatures.front();
  result.largest = gram.from_zero.curvatures.back();
  result.condition_number = result.largest / result.smallest;
  const auto forecast_at = [&](const BestSettings& best, Part part) {
    return forecast(gram, batch, best, part, options, observer);
  };
  result.descent = forecast_at(best_descent(result.smallest, result.largest), Part::descent);
  result.momentum = forecast_at(best_momentum(result.smallest, result.largest), Part::momentum);
  result.gram = gram;
}

/// Half of what is stable, unless a rate is given.
DescentForecast safe_forecast(double momentum, double largest, const SpectrumOptions& options) {
  const double limit = largest_stable_lr(momentum, largest);
  return {.settings = {.lr = options.lr.value_or(limit / 2), .momentum = momentum},
          .largest_stable_lr = limit};
}

bool smallest_is_zero(const train::Architecture& architecture, data::Task task) {
  return task == data::Task::classification && architecture.layers.size() == 2;
}

void add_ends(Spectrum& result, const FullBatch& batch, const SpectrumOptions& options,
              const SpectrumObserver& observer) {
  const Layers layers = initial_layers(result.architecture, options.seed);
  const bool zero_is_known = smallest_is_zero(result.architecture, batch.task);
  const ExtremeEigenvalues ends = extreme_eigenvalues(
      [&](const Tensor<double>& v) { return hessian_product(layers, batch, v); }, result.parameters,
      {.most_steps = options.most_products,
       .tolerance = flat_share,
       .smallest_wanted = !zero_is_known,
       .flat_share = flat_share,
       .seed = options.seed,
       .on_product = counting(observer, Part::curvature, options.most_products)});
  result.largest = ends.largest.value;
  result.smallest = zero_is_known ? 0 : ends.smallest.value;
  result.lanczos = {.largest_error = ends.largest.residual,
                    .smallest_error = zero_is_known ? 0 : ends.smallest.residual,
                    .products = ends.products,
                    .loss = loss_of(layers, batch),
                    .ritz_values = ends.ritz_values};
  if (!(result.largest > 0))
    throw InputError(text("the largest curvature at the initial weights is ", result.largest,
                          ": there is no rate to read from it (try another --seed)"));
  const double error = result.lanczos->smallest_error;
  if (is_exact(result, error) && result.smallest - error > flat_share * result.largest)
    result.condition_number = result.largest / result.smallest;
}

void add_network(Spectrum& result, const FullBatch& batch, const SpectrumOptions& options,
                 const SpectrumObserver& observer) {
  add_ends(result, batch, options, observer);
  result.descent = safe_forecast(0, result.largest, options);
  result.momentum =
      safe_forecast(options.momentum.value_or(optim::Momentum{}.momentum), result.largest, options);
  if (!options.verify) return;
  const std::size_t steps = options.steps.value_or(SpectrumOptions::path_steps);
  const auto run = [&](DescentForecast& run_forecast, Part part) {
    Layers trained = initial_layers(result.architecture, options.seed);
    run_forecast.path = sharpness_path(trained, batch, run_forecast.settings,
                                       {.steps = steps,
                                        .seed = options.seed,
                                        .most_products = options.most_products,
                                        .on_work = counting(observer, part, steps)});
  };
  run(result.descent, Part::descent);
  if (result.momentum.settings.momentum != 0) run(result.momentum, Part::momentum);
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

std::size_t products_within(std::size_t memory, const std::vector<std::size_t>& layers) {
  constexpr double share = 0.5;
  constexpr double least = 30;  // a network's largest curvature is mostly exact by then
  double parameters = 0;        // a number of any size
  for (std::size_t i = 0; i + 1 < layers.size(); ++i)
    parameters += (static_cast<double>(layers[i]) + 1) * static_cast<double>(layers[i + 1]);
  const double vectors =
      std::floor(share * static_cast<double>(memory) / (parameters * sizeof(double)));
  if (vectors < least)
    throw InputError(text("a network ", joined(layers, "-"), " has ", parameters,
                          " parameters, and of Lanczos' vectors, which have as many numbers, ",
                          vectors, " fit into half of the memory that is free (", least,
                          " at least are needed: take a smaller --hidden)"));
  const auto most = static_cast<double>(LanczosOptions{}.most_steps);
  return static_cast<std::size_t>(std::min(vectors, most));
}

bool is_exact(const Spectrum& spectrum, double error) {
  return error <= flat_share * std::max(spectrum.largest, std::abs(spectrum.smallest));
}

Spectrum spectrum(const train::Architecture& architecture, const data::Dataset& prepared,
                  const SpectrumOptions& options, const SpectrumObserver& observer) {
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
    add_linear(result, batch, options, observer);
  else
    add_network(result, batch, options, observer);
  return result;
}

}  // namespace ravine::lab
