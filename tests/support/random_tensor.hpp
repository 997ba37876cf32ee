#pragma once

#include "ravine/tensor/random.hpp"

namespace ravine::test {

/// Standard normal values.
template <class T>
Tensor<T> random_tensor(const Shape& shape, Generator& generator) {
  Tensor<T> tensor = Tensor<T>::uninitialized(shape);
  fill_normal(tensor, 0, 1, generator);
  return tensor;
}

}  // namespace ravine::test
