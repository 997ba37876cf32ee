#pragma once

#include <cstddef>

#include "ravine/autograd/activation.hpp"

namespace ravine::kernels {

/// Whether the gradient of an activation follows from its output, so that the kernels below have
/// it.
inline bool is_fused(Activation activation) {
  return activation == Activation::identity || activation == Activation::relu ||
         activation == Activation::tanh || activation == Activation::sigmoid;
}

/// y[r, c] = act(y[r, c] + bias[c]), in place.
template <class Level, class T>
void add_bias_activate(Activation activation, T* y, const T* bias, std::size_t rows,
                       std::size_t columns);
/// dz = dy act'(y); bias_grad[c] += the sum over r of dz[r, c], unless it is null.
template <class Level, class T>
void activation_bias_gradient(Activation activation, const T* dy, const T* y, T* dz, T* bias_grad,
                              std::size_t rows, std::size_t columns);

}  // namespace ravine::kernels
