#include "ravine/lab/next_direction.hpp"

#include <algorithm>

#include "ravine/optim/common_fields.hpp"

namespace ravine::lab {

std::vector<double> next_direction(optim::Optimizer<double>& optimizer,
                                   std::span<const double> gradients) {
  Parameter<double>& w = *optimizer.parameters().front();
  w.value.fill(0);
  std::ranges::copy(gradients, w.grad.data());
  w.has_grad = true;
  optimizer.step();
  const double lr = optimizer.get(optim::lr_name).number();
  std::vector<double> direction = w.value.to_vector();
  for (double& element : direction) element = (0 - element) / lr;  // 0, not -0
  return direction;
}

}  // namespace ravine::lab
