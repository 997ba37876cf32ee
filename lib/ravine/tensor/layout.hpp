#pragma once

#include <cstddef>
#include <span>

#include "ravine/tensor/tensor.hpp"

// Elements moved about, none computed.

namespace ravine {

/// A matrix [m, n] as [n, m]. Throws ShapeError for another rank.
template <class T>
Tensor<T> transpose(const Tensor<T>& x);

/// The axis moved to the back, the others in their order. Throws ShapeError.
template <class T>
Tensor<T> axis_to_back(const Tensor<T>& x, std::ptrdiff_t axis);
/// Undoes `axis_to_back`.
template <class T>
Tensor<T> axis_from_back(const Tensor<T>& x, std::ptrdiff_t axis);

/// The part [begin, end) of an axis. Throws ShapeError.
template <class T>
Tensor<T> slice(const Tensor<T>& x, std::ptrdiff_t axis, std::size_t begin, std::size_t end);
/// Adds `part` to that part of an axis of y: the gradient of `slice`.
template <class T>
void add_to_slice(Tensor<T>& y, const Tensor<T>& part, std::ptrdiff_t axis, std::size_t begin);

/// Tensors that agree in all axes but one, one after another along it. Throws ShapeError.
template <class T>
Tensor<T> concat(std::span<const Tensor<T>> parts, std::ptrdiff_t axis);

/// Rows of x by their number, in any order and any number of times. Throws ShapeError.
template <class T>
Tensor<T> gather_rows(const Tensor<T>& x, std::span<const std::size_t> rows);
/// Adds row i of `part` to row rows[i] of y: the gradient of `gather_rows`.
template <class T>
void add_to_rows(Tensor<T>& y, const Tensor<T>& part, std::span<const std::size_t> rows);

}  // namespace ravine
