#pragma once

#include <span>
#include <vector>

#include "ravine/tensor/parameter.hpp"

// A network has many small tensors, and an update that starts anew for each of them spends its time
// on starting. So they are laid side by side, to be updated in one go.

namespace ravine::optim {

/// How many elements a tensor of `size` takes among neighbours: whole cache lines, so that vectors
/// never straddle two tensors. Of gradients the
/// rest stays 0, which their norm counts on; of values and state it is never read.
template <class T>
constexpr std::size_t padded(std::size_t size) {
  constexpr std::size_t unit = Memory::alignment / sizeof(T);
  return (size + unit - 1) / unit * unit;
}

/// Whether a tensor is small enough for neighbours; larger ones gain nothing.
inline bool is_small(const Shape& shape) {
  constexpr std::size_t elements = 4096;
  return shape.size() < elements;
}

/// Tensors of zeros, the small ones side by side in one buffer in their order.
template <class T>
std::vector<Tensor<T>> side_by_side(std::span<const Shape> shapes);

/// Where a parameter was moved to; without elements where it was not. As long as it is there, the
/// room behind it up to `padded` is its own. Home holds on to the memory, so that no other tensor
/// can come to start where the parameter was.
template <class T>
struct Home {
  Tensor<T> value;
  Tensor<T> grad;

  bool holds(const Parameter<T>& parameter) const {
    return parameter.value.data() == value.data() && parameter.grad.data() == grad.data();
  }
};

/// Moves the values and gradients of small parameters side by side, leaving out those that share
/// their elements with other tensors.
template <class T>
std::vector<Home<T>> lay_side_by_side(const Parameters<T>& parameters);

}  // namespace ravine::optim
