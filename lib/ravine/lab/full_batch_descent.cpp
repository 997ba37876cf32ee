#include "ravine/lab/full_batch_descent.hpp"

#include <cmath>

#include "ravine/optim/make.hpp"
#include "ravine/optim/rules/momentum.hpp"
#include "ravine/optim/rules/sgd.hpp"

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
  if (settings.momentum == 0) return optim::make(optim::Sgd{.lr = settings.lr}, parameters);
  return optim::make(optim::Momentum{.lr = settings.lr, .momentum = settings.momentum}, parameters);
}

MeasuredDescent measured_descent(const FullBatch& batch, const MomentumSettings& settings,
                                 double least_loss, double tolerance, std::size_t most_steps) {
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
  }
  return result;
}

}  // namespace ravine::lab
