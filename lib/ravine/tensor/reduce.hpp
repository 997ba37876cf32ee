#pragma once

#include <cstddef>
#include <span>

#include "ravine/tensor/tensor.hpp"

namespace ravine {

/// A set of axes; negative ones count from the back, none at all means every axis.
using Axes = std::span<const std::ptrdiff_t>;

/// The shape of a reduction of `shape` over `axes`: they go, or stay with extent 1.
/// Throws ShapeError, naming `operation`, for an axis that does not exist or is named twice.
Shape reduced_shape(const Shape& shape, Axes axes, bool keep_axes, std::string_view operation);

template <class T>
Tensor<T> sum(const Tensor<T>& x, Axes axes = {}, bool keep_axes = false);
/// Throws ShapeError for a maximum over no elements. NaN if one of them is.
template <class T>
Tensor<T> max(const Tensor<T>& x, Axes axes = {}, bool keep_axes = false);

/// Undoes broadcasting: sums over the axes along which `shape` was stretched to x's.
template <class T>
Tensor<T> sum_to(const Tensor<T>& x, const Shape& shape);
/// Stretches x to `shape` by NumPy's rule. Throws ShapeError.
template <class T>
Tensor<T> broadcast_to(const Tensor<T>& x, const Shape& shape);
/// y += x for tensors of one shape. Throws ShapeError.
template <class T>
void add_to(Tensor<T>& y, const Tensor<T>& x);
/// The sum of x^2, added up in double.
template <class T>
double sum_of_squares(const Tensor<T>& x);

}  // namespace ravine
