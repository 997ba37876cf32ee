#include "ravine/tensor/reduce.hpp"

#include <algorithm>
#include <array>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/kernels.hpp"
#include "ravine/tensor/row_plan.hpp"
#include "ravine/tensor/simd.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine {
namespace {

using AxisSet = std::array<bool, Shape::max_rank>;

AxisSet axis_set(const Shape& shape, Axes axes, std::string_view operation) {
  AxisSet set{};
  if (axes.empty()) std::fill_n(set.begin(), shape.rank(), true);
  for (const std::ptrdiff_t axis : axes) {
    bool& member = set[normalized_axis(axis, shape, operation)];
    if (member)
      throw ShapeError(text(operation, ": axis ", axis, " of shape ", shape, " is named twice"));
    member = true;
  }
  return set;
}

Shape without(const Shape& shape, const AxisSet& set, bool keep_axes) {
  Shape result = shape;
  for (std::size_t axis = shape.rank(); axis-- > 0;)
    if (set[axis]) result = keep_axes ? result.with(axis, 1) : result.without(axis);
  return result;
}

std::size_t product(const Shape& shape, std::size_t begin, std::size_t end) {
  std::size_t result = 1;
  for (std::size_t axis = begin; axis < end; ++axis) result *= shape[axis];
  return result;
}

/// Reduces by `kernel(x, y, outer, extent, inner)`, one run of neighbouring axes after another.
template <class T, class Kernel>
Tensor<T> reduce(const Tensor<T>& x, const AxisSet& set, bool keep_axes, Kernel kernel) {
  Tensor<T> result = x;
  Shape shape = x.shape();  // the reduced axes keep extent 1 on the way
  for (std::size_t end = shape.rank(); end > 0;) {
    if (!set[end - 1]) {
      --end;
      continue;
    }
    std::size_t begin = end - 1;
    while (begin > 0 && set[begin - 1]) --begin;
    const std::size_t outer = product(shape, 0, begin);
    const std::size_t extent = product(shape, begin, end);
    const std::size_t inner = product(shape, end, shape.rank());
    for (std::size_t axis = begin; axis < end; ++axis) shape = shape.with(axis, 1);
    Tensor<T> next = Tensor<T>::uninitialized(shape);
    kernel(result.data(), next.data(), outer, extent, inner);
    result = std::move(next);
    end = begin;
  }
  return result.reshape(without(x.shape(), set, keep_axes));
}

template <class T>
Tensor<T> sum_over(const Tensor<T>& x, const AxisSet& set, bool keep_axes) {
  return reduce(x, set, keep_axes,
                [](const T* in, T* out, std::size_t outer, std::size_t extent, std::size_t inner) {
                  simd::dispatch([&](auto level) {
                    kernels::sum<decltype(level)>(in, out, outer, extent, inner);
                  });
                });
}

}  // namespace

Shape reduced_shape(const Shape& shape, Axes axes, bool keep_axes, std::string_view operation) {
  return without(shape, axis_set(shape, axes, operation), keep_axes);
}

template <class T>
Tensor<T> sum(const Tensor<T>& x, Axes axes, bool keep_axes) {
  return sum_over(x, axis_set(x.shape(), axes, "sum"), keep_axes);
}

template <class T>
Tensor<T> max(const Tensor<T>& x, Axes axes, bool keep_axes) {
  const AxisSet set = axis_set(x.shape(), axes, "max");
  if (x.empty() && without(x.shape(), set, true).size() != 0)
    throw ShapeError(text("max: there is no maximum over no elements, shape ", x.shape()));
  return reduce(x, set, keep_axes,
                [](const T* in, T* out, std::size_t outer, std::size_t extent, std::size_t inner) {
                  simd::dispatch([&](auto level) {
                    kernels::max<decltype(level)>(in, out, outer, extent, inner);
                  });
                });
}

template <class T>
Tensor<T> sum_to(const Tensor<T>& x, const Shape& shape) {
  if (x.shape() == shape) return x;
  AxisSet stretched{};
  const std::size_t padding = x.rank() - shape.rank();
  for (std::size_t axis = 0; axis < x.rank(); ++axis)
    stretched[axis] = axis < padding || shape[axis - padding] != x.shape()[axis];
  return sum_over(x, stretched, true).reshape(shape);
}

template <class T>
Tensor<T> broadcast_to(const Tensor<T>& x, const Shape& shape) {
  if (x.shape() == shape) return x;
  if (broadcast(x.shape(), shape, "broadcast_to") != shape)
    throw ShapeError(text("broadcast_to: shape ", x.shape(), " does not stretch to ", shape));
  Tensor<T> result = Tensor<T>::uninitialized(shape);
  const RowPlan plan(x.shape(), shape, shape);
  plan.for_each([&](std::size_t from, std::size_t, std::size_t to) {
    if (plan.a_moves())
      std::copy_n(x.data() + from, plan.row_length(), result.data() + to);
    else
      std::fill_n(result.data() + to, plan.row_length(), x[from]);
  });
  return result;
}

template <class T>
void add_to(Tensor<T>& y, const Tensor<T>& x) {
  if (x.shape() != y.shape())
    throw ShapeError(text("add_to: shapes ", y.shape(), " and ", x.shape(), " differ"));
  simd::dispatch(
      [&](auto level) { kernels::add_to<decltype(level)>(x.data(), y.data(), x.size()); });
}

template <class T>
double sum_of_squares(const Tensor<T>& x) {
  return simd::dispatch(
      [&](auto level) { return kernels::sum_of_squares<decltype(level)>(x.data(), x.size()); });
}

template Tensor<float> sum(const Tensor<float>&, Axes, bool);
template Tensor<double> sum(const Tensor<double>&, Axes, bool);
template Tensor<float> max(const Tensor<float>&, Axes, bool);
template Tensor<double> max(const Tensor<double>&, Axes, bool);
template Tensor<float> sum_to(const Tensor<float>&, const Shape&);
template Tensor<double> sum_to(const Tensor<double>&, const Shape&);
template Tensor<float> broadcast_to(const Tensor<float>&, const Shape&);
template Tensor<double> broadcast_to(const Tensor<double>&, const Shape&);
template void add_to(Tensor<float>&, const Tensor<float>&);
template void add_to(Tensor<double>&, const Tensor<double>&);
template double sum_of_squares(const Tensor<float>&);
template double sum_of_squares(const Tensor<double>&);

}  // namespace ravine
