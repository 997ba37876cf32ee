#include "ravine/train/divergence.hpp"

#include <cmath>

#include "ravine/optim/common_fields.hpp"
#include "ravine/tensor/reduce.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::train {
namespace {

/// The first parameter whose gradient is not finite, else the one with the largest.
const std::string& worst(const Parameters<float>& parameters) {
  double largest = -1;
  const std::string* name = &parameters.front()->name;
  for (const auto& parameter : parameters) {
    if (!parameter->has_grad) continue;
    const double squares = sum_of_squares(parameter->grad);
    if (squares <= largest) continue;
    name = &parameter->name;
    if (!std::isfinite(squares)) break;
    largest = squares;
  }
  return *name;
}

/// A stream would print the sign of what is not a number.
std::string printed(double number) { return std::isnan(number) ? "nan" : text(number); }

double rate_of(const optim::Optimizer<float>& optimizer) {
  return optimizer.get(optim::lr_name).number();
}

}  // namespace

std::string divergence(std::size_t epoch, std::size_t step, const StepOutcome& outcome,
                       const optim::Optimizer<float>& optimizer) {
  return text("diverged at step ", step, " (epoch ", epoch, "): loss ", printed(outcome.loss),
              ", gradient norm ", printed(outcome.gradient_norm), " with '",
              worst(optimizer.parameters()), "' the worst, learning rate ", rate_of(optimizer),
              " (try a smaller one)");
}

std::string spoilt_weights(std::size_t epoch, std::size_t step,
                           const optim::Optimizer<float>& optimizer) {
  for (const auto& parameter : optimizer.parameters())
    if (!std::isfinite(sum_of_squares(parameter->value)))
      return text("diverged at step ", step, " (epoch ", epoch, "): '", parameter->name,
                  "' is no longer finite, learning rate ", rate_of(optimizer),
                  " (try a smaller one)");
  return "";
}

}  // namespace ravine::train
