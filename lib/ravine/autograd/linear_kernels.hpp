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

/// Some rows and columns of a matrix whose rows start `stride` apart.
struct Window {
  std::size_t rows;
  std::size_t columns;
  std::size_t stride;
};

/// y[r, c] = act(y[r, c] + bias[c]), in place.
template <class Level, class T>
void add_bias_activate(Activation activation, T* y, const T* bias, Window window);

/// dz[r, c] = dy[r, c] act'(y[r, c]), all three of the same stride.
template <class Level, class T>
void activation_gradient(Activation activation, const T* dy, const T* y, T* dz, Window window);

/// bias_grad[c] = the sum over r of dz[r, c], added to what is there where `accumulate`.
template <class Level, class T>
void bias_gradient(const T* dz, T* bias_grad, bool accumulate, Window window);

}  // namespace ravine::kernels
