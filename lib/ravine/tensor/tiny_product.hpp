#pragma once

#include "ravine/tensor/blas.hpp"

namespace ravine::kernels {

/// A product that is over before BLAS has looked at its arguments.
template <class Level, class T>
void tiny_product(const blas::Product<T>& product);

}  // namespace ravine::kernels
