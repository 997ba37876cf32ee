#include "ravine/lab/full_batch_descent.hpp"

#include <cmath>

#include "ravine/lab/descent_settings.hpp"
#include "ravine/optim/make.hpp"

namespace ravine::lab {
namespace {

Layers linear_model_at_zero(std::size_t features) {
  Layers model;
  model.linear.emplace_back(features, 1);
  for (const auto& parameter : parameters_of(model)) parameter->value.fill(0);
  return model;
}

}  // namespace

std::unique_ptr<optim::Optimizer<double>> descent_optimizer(const Parameters<double>& parameters,
                                                            const MomentumSettings& settings) {
  const optim::Spec rule = descent_settings(settings);
  return optim::make<double>(rule.name, parameters, rule.settings);
}

MeasuredDescent measured_descent(const FullBatch& batch, const MomentumSettings& settings,
                                 double least_loss, double tolerance, std::size_t most_steps,
                                 const std::function<void(std::size_t)>& on_step) {
  const Layers model = linear_model_at_zero(batch.x.shape()[1]);
  const auto optimizer = descent_optimizer(parameters_of(model), settings);
  MeasuredDescent result;
  for (std::size_t step = 0; step <= most_steps; ++step) {
    const double gap = differentiate_loss(model, batch) - least_loss;
    if (!std::isfinite(gap)) break;
    result.gaps.push_back(gap);
    if (gap <= tolerance) {
      result.steps = step;
      break;
    }
    optimizer->step();
    if (on_step) on_step(step + 1);
  }
  return result;
}

}  // namespace ravine::lab
