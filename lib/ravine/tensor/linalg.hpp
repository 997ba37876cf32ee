#pragma once

#include <cstddef>

#include "ravine/tensor/tensor.hpp"

// Decompositions of dense matrices by LAPACK. All throw ShapeError for what is not a matrix with
// elements in it, and InputError where a value is not finite; eigh and svd also where their
// iteration does not converge, which xtensor-blas does not tell of lstsq.

namespace ravine {

/// A = V diag(values) V^T.
template <class T>
struct Eigen {
  /// [n], ascending.
  Tensor<T> values;
  /// V, [n, n]: column i is the unit eigenvector of values[i].
  Tensor<T> vectors;
};

/// Eigenvalues and eigenvectors of a symmetric matrix [n, n], of which the lower triangle is read.
template <class T>
Eigen<T> eigh(const Tensor<T>& a);

/// A = U diag(s) V^T, with k = min(m, n).
template <class T>
struct Svd {
  /// U, [m, k], orthonormal columns.
  Tensor<T> u;
  /// [k], descending, none negative.
  Tensor<T> s;
  /// V^T, [k, n], orthonormal rows.
  Tensor<T> vt;
};

/// The singular value decomposition of a matrix [m, n], in its thin form.
template <class T>
Svd<T> svd(const Tensor<T>& a);

/// x with A x = b, of b's shape: A is [n, n], b is [n] or [n, r]. Throws InputError where A is
/// singular (a pivot of its LU decomposition is 0).
template <class T>
Tensor<T> solve(const Tensor<T>& a, const Tensor<T>& b);

template <class T>
struct LeastSquares {
  /// [n] or [n, r].
  Tensor<T> solution;
  /// The number of singular values of A that count as more than 0.
  std::size_t rank;
  /// Of A, [min(m, n)], descending.
  Tensor<T> singular_values;
};

/// The x with the smallest |A x - b|, and of several such the one with the smallest |x|: A is
/// [m, n], b is [m] or [m, r]. Singular values up to `tolerance` times the largest count as 0; a
/// negative tolerance stands for T's rounding error.
template <class T>
LeastSquares<T> lstsq(const Tensor<T>& a, const Tensor<T>& b, double tolerance = -1);

}  // namespace ravine
