#pragma once

#include "ravine/tensor/parameter.hpp"

// All parameters as one vector [n], one behind another in their order and without gaps, so that how
// they are cut into tensors makes no difference, and the arithmetic that methods need which treat
// them as one.

namespace ravine::optim {

/// How many elements the parameters have together: n.
template <class T>
std::size_t flat_size(const Parameters<T>& parameters);
template <class T>
Tensor<T> flat_values(const Parameters<T>& parameters);
/// Gradients; 0 for a parameter that has none.
template <class T>
Tensor<T> flat_gradient(const Parameters<T>& parameters);
/// Moves the parameters to a point [n].
template <class T>
void set_flat_values(const Parameters<T>& parameters, const Tensor<T>& flat);
/// The part of a vector [n] that belongs to each parameter, of its shape; nothing is copied.
template <class T>
std::vector<Tensor<T>> parts_of(const Tensor<T>& flat, const Parameters<T>& parameters);

// The sums are added up in double.

template <class T>
double dot(const Tensor<T>& x, const Tensor<T>& y);
/// The sum of |x_i|; not finite where one of them is not.
template <class T>
double norm_1(const Tensor<T>& x);
/// The largest |x_i|, for finite x.
template <class T>
double norm_infinity(const Tensor<T>& x);
/// y += a x.
template <class T>
void add_scaled(Tensor<T>& y, double a, const Tensor<T>& x);
/// x *= a.
template <class T>
void scale(Tensor<T>& x, double a);

}  // namespace ravine::optim
