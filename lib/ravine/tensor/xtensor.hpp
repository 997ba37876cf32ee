#pragma once

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <vector>
#include <xtensor/xadapt.hpp>
#include <xtensor/xnoalias.hpp>

#include "ravine/tensor/tensor.hpp"

// For programs that use xtensor themselves. No other header of ravine includes it. The program
// chooses xtensor's settings (XTENSOR_USE_XSIMD and so on): nothing here owns memory by them.

namespace ravine {

/// The tensor's elements as an xtensor array of dynamic rank, row-major, for reading and writing:
/// nothing is copied, and the tensor must live as long as the array.
template <class T>
auto view(Tensor<T>& tensor) {
  const std::vector<std::size_t> shape(tensor.shape().begin(), tensor.shape().end());
  return xt::adapt(tensor.data(), tensor.size(), xt::no_ownership(), shape);
}
/// The same for reading only.
template <class T>
auto view(const Tensor<T>& tensor) {
  const std::vector<std::size_t> shape(tensor.shape().begin(), tensor.shape().end());
  return xt::adapt(tensor.data(), tensor.size(), xt::no_ownership(), shape);
}
template <class T>
auto view(const Tensor<T>&& tensor) = delete;

/// A new tensor with the values of an xtensor array or expression of float or double, whatever its
/// layout. Throws ShapeError for more than Shape::max_rank axes.
template <class Expression>
auto to_tensor(const xt::xexpression<Expression>& expression) {
  using T = std::remove_cv_t<typename Expression::value_type>;
  static_assert(std::same_as<T, float> || std::same_as<T, double>,
                "a tensor holds float or double: use xt::cast first");
  const Expression& source = expression.derived_cast();
  const std::vector<std::size_t> shape(source.shape().begin(), source.shape().end());
  Tensor<T> tensor = Tensor<T>::uninitialized(Shape(shape));
  auto elements = view(tensor);
  xt::noalias(elements) = source;
  return tensor;
}

}  // namespace ravine
