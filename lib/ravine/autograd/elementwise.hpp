#pragma once

#include <type_traits>

#include "ravine/autograd/variable.hpp"

// Operations on each element for itself; neg, add, subtract, multiply and divide stand with their
// operators in variable.hpp. Two operands are stretched to one shape by NumPy's rule, and a number
// stands for a tensor of rank 0; a ShapeError names both shapes where they do not fit.
//
// The functions are vectorised. The largest errors, in units in the last place of the result, that
// tests/autograd/vector_math_test.cpp allows over all numbers, subnormal ones too:
//            exp  log  tanh  sigmoid  softplus  gelu
//   float    1.1  1.0  2.4   2.4      1.9       6.5
//   double   1.1  1.3  2.6   2.2      2.3       10
// gelu's is for x where Phi(x) is a normal number (x > -12.9, x > -37.5). sin and cos are xsimd's,
// right to 2.1 units for |x| <= 100.

namespace ravine {

template <class T>
Variable<T> exp(const Variable<T>& x);
template <class T>
Variable<T> log(const Variable<T>& x);
template <class T>
Variable<T> sqrt(const Variable<T>& x);
/// The gradient at 0 is 0.
template <class T>
Variable<T> abs(const Variable<T>& x);
template <class T>
Variable<T> sin(const Variable<T>& x);
template <class T>
Variable<T> cos(const Variable<T>& x);
template <class T>
Variable<T> tanh(const Variable<T>& x);
/// 1 / (1 + e^-x).
template <class T>
Variable<T> sigmoid(const Variable<T>& x);
/// max(x, 0); the gradient at 0 is 0.
template <class T>
Variable<T> relu(const Variable<T>& x);
/// x Phi(x) with the normal distribution function Phi (Hendrycks and Gimpel, 2016), not its
/// approximation by tanh.
template <class T>
Variable<T> gelu(const Variable<T>& x);
/// log(1 + e^x).
template <class T>
Variable<T> softplus(const Variable<T>& x);

/// a^b. The gradient with respect to b is 0 where a <= 0.
template <class T>
Variable<T> pow(const Variable<T>& a, const std::type_identity_t<Variable<T>>& b);
/// The larger of the two; where they are equal each gets half the gradient.
template <class T>
Variable<T> maximum(const Variable<T>& a, const std::type_identity_t<Variable<T>>& b);
/// The smaller of the two; where they are equal each gets half the gradient.
template <class T>
Variable<T> minimum(const Variable<T>& a, const std::type_identity_t<Variable<T>>& b);
/// x where x >= 0, else slope x (Maas et al., 2013); the slope may itself be trained (He et al.,
/// 2015).
template <class T>
Variable<T> leaky_relu(const Variable<T>& x,
                       const std::type_identity_t<Variable<T>>& slope = T(0.01));

}  // namespace ravine
