#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "ravine/optim/make.hpp"

namespace ravine::optim::testing {

/// A parameter of the values given, of shape [size].
template <class T>
std::shared_ptr<Parameter<T>> parameter(const std::vector<double>& values,
                                        const std::string& name = "w") {
  const std::vector<T> converted(values.begin(), values.end());
  return std::make_shared<Parameter<T>>(
      name, Tensor<T>(Shape{values.size()}, std::span<const T>(converted)));
}

template <class T>
std::vector<double> values(const Parameter<T>& parameter) {
  return {parameter.value.values().begin(), parameter.value.values().end()};
}

template <class T>
void give_gradient(Parameter<T>& parameter, std::span<const double> gradient) {
  for (std::size_t i = 0; i < gradient.size(); ++i) parameter.grad[i] = static_cast<T>(gradient[i]);
  parameter.has_grad = true;
}

/// Steps once with the gradient given to the optimizer's only parameter.
template <class T>
void step(Optimizer<T>& optimizer, std::span<const double> gradient) {
  give_gradient(*optimizer.parameters().front(), gradient);
  optimizer.step();
}

}  // namespace ravine::optim::testing
