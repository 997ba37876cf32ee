#pragma once

#include "ravine/tensor/blas.hpp"
#include "ravine/tensor/tensor.hpp"

namespace ravine {

/// op(a) op(b) for matrices, op transposing where asked. Throws ShapeError unless both have rank 2
/// and their inner extents agree.
template <class T>
Tensor<T> matmul(const Tensor<T>& a, const Tensor<T>& b,
                 blas::Transpose a_form = blas::Transpose::no,
                 blas::Transpose b_form = blas::Transpose::no);

/// c = op(a) op(b), or c += op(a) op(b) where `accumulate`. Throws ShapeError.
template <class T>
void matmul_into(Tensor<T>& c, bool accumulate, const Tensor<T>& a, const Tensor<T>& b,
                 blas::Transpose a_form = blas::Transpose::no,
                 blas::Transpose b_form = blas::Transpose::no);

}  // namespace ravine
