#pragma once

#include <span>
#include <vector>

#include "ravine/tensor/matmul.hpp"

namespace ravine::lab {

/// op(M) v for a matrix and as many numbers as op(M) has columns, op transposing where asked.
std::vector<double> times(const Tensor<double>& matrix, std::span<const double> v,
                          blas::Transpose form = blas::Transpose::no);

}  // namespace ravine::lab
