#pragma once

#include "ravine/autograd/activation.hpp"
#include "ravine/autograd/variable.hpp"

namespace ravine {

/// The matrix product [m, k] times [k, n]. Throws ShapeError.
template <class T>
Variable<T> matmul(const Variable<T>& a, const Variable<T>& b);

/// act(x W' + b): x [..., in], weight [out, in], bias [out], result [..., out]. The bias and the
/// activation take one pass over the product, and so do their gradients. Throws ShapeError.
template <class T>
Variable<T> linear(const Variable<T>& x, const Variable<T>& weight, const Variable<T>& bias,
                   Activation activation = Activation::identity);

}  // namespace ravine
