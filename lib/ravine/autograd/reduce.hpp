#pragma once

#include <initializer_list>

#include "ravine/autograd/variable.hpp"
#include "ravine/tensor/reduce.hpp"

// Reductions over axes; negative axes count from the back, and none at all means every axis. The
// axes go, or stay with extent 1 where `keep_axes`. All throw ShapeError.

namespace ravine {

using AxisList = std::initializer_list<std::ptrdiff_t>;

template <class T>
Variable<T> sum(const Variable<T>& x, AxisList axes = {}, bool keep_axes = false);
/// The mean over no elements is not a number.
template <class T>
Variable<T> mean(const Variable<T>& x, AxisList axes = {}, bool keep_axes = false);
/// Elements that share the maximum share its gradient evenly.
template <class T>
Variable<T> max(const Variable<T>& x, AxisList axes = {}, bool keep_axes = false);

}  // namespace ravine
