#pragma once

#include <span>

#include "ravine/tensor/blas.hpp"
#include "ravine/tensor/tensor.hpp"
#include "ravine/tensor/threads.hpp"

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

/// A product of matrices of tensors, to be computed by the parts below. Throws ShapeError.
template <class T>
blas::Product<T> product(Tensor<T>& c, bool accumulate, const Tensor<T>& a, const Tensor<T>& b,
                         blas::Transpose a_form, blas::Transpose b_form);

/// How many parts a product is worth cutting into.
template <class T>
std::size_t parts_for(const blas::Product<T>& whole);

/// Part number `part` of C, a block that spans all rows or all columns: the longer side is cut, so
/// that what every thread has to read is the smaller operand. k is never cut, and no sums of parts
/// are added up afterwards.
struct Block {
  parallel::Range rows;
  parallel::Range columns;
};
template <class T>
Block block_of(const blas::Product<T>& whole, std::size_t parts, std::size_t part);
/// The product that computes only this block of C.
template <class T>
blas::Product<T> restricted(blas::Product<T> whole, const Block& block);

/// Computes products, none of which reads what another one writes, each part in their order.
template <class T>
void multiply_all(std::span<const blas::Product<T>> products);

}  // namespace ravine
