#pragma once

#include "ravine/autograd/variable.hpp"

namespace ravine {

/// e^x over its sum along an axis. Throws ShapeError.
template <class T>
Variable<T> softmax(const Variable<T>& x, std::ptrdiff_t axis = -1);
/// The logarithm of softmax, without its rounding to 0. Throws ShapeError.
template <class T>
Variable<T> log_softmax(const Variable<T>& x, std::ptrdiff_t axis = -1);

}  // namespace ravine
