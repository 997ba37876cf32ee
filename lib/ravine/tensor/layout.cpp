#include "ravine/tensor/layout.hpp"

#include <algorithm>
#include <vector>
#include <xtensor/xmanipulation.hpp>
#include <xtensor/xview.hpp>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/xview.hpp"

namespace ravine {
namespace {

/// A shape seen from one of its axes: [outer, extent, inner].
struct Around {
  std::size_t outer = 1;
  std::size_t inner = 1;

  Around(const Shape& shape, std::size_t axis) {
    for (std::size_t i = 0; i < axis; ++i) outer *= shape[i];
    for (std::size_t i = axis + 1; i < shape.rank(); ++i) inner *= shape[i];
  }
};

template <class T>
void check_rows(const Tensor<T>& x, std::span<const std::size_t> rows) {
  if (x.rank() == 0) throw ShapeError("gather_rows: a single number has no rows");
  for (const std::size_t row : rows)
    if (row >= x.shape()[0])
      throw ShapeError(
          text("gather_rows: row ", row, " of a tensor of shape ", x.shape(), " does not exist"));
}

}  // namespace

template <class T>
Tensor<T> transpose(const Tensor<T>& x) {
  if (x.rank() != 2) throw ShapeError(text("transpose: shape ", x.shape(), " is not a matrix"));
  const std::size_t m = x.shape()[0];
  const std::size_t n = x.shape()[1];
  Tensor<T> y = Tensor<T>::uninitialized({n, m});
  auto out = xview::matrix(y.data(), n, m);
  xt::noalias(out) = xt::transpose(xview::matrix(x.data(), m, n));
  return y;
}

template <class T>
Tensor<T> axis_to_back(const Tensor<T>& x, std::ptrdiff_t axis) {
  const std::size_t along = normalized_axis(axis, x.shape(), "axis_to_back");
  if (along + 1 == x.rank()) return x;
  const std::size_t extent = x.shape()[along];
  const auto [outer, inner] = Around(x.shape(), along);
  std::vector<std::size_t> extents(x.shape().begin(), x.shape().end());
  std::rotate(extents.begin() + static_cast<std::ptrdiff_t>(along),
              extents.begin() + static_cast<std::ptrdiff_t>(along) + 1, extents.end());
  Tensor<T> y = Tensor<T>::uninitialized(Shape(extents));
  auto out = xview::cube(y.data(), outer, inner, extent);
  xt::noalias(out) = xt::transpose(xview::cube(x.data(), outer, extent, inner), {0, 2, 1});
  return y;
}

template <class T>
Tensor<T> axis_from_back(const Tensor<T>& x, std::ptrdiff_t axis) {
  const std::size_t along = normalized_axis(axis, x.shape(), "axis_from_back");
  if (along + 1 == x.rank()) return x;
  std::vector<std::size_t> extents(x.shape().begin(), x.shape().end());
  std::rotate(extents.begin() + static_cast<std::ptrdiff_t>(along), extents.end() - 1,
              extents.end());
  Tensor<T> y = Tensor<T>::uninitialized(Shape(extents));
  const auto [outer, inner] = Around(y.shape(), along);
  auto out = xview::cube(y.data(), outer, extents[along], inner);
  xt::noalias(out) = xt::transpose(xview::cube(x.data(), outer, inner, extents[along]), {0, 2, 1});
  return y;
}

template <class T>
Tensor<T> slice(const Tensor<T>& x, std::ptrdiff_t axis, std::size_t begin, std::size_t end) {
  const std::size_t along = normalized_axis(axis, x.shape(), "slice");
  const std::size_t extent = x.shape()[along];
  if (begin > end || end > extent)
    throw ShapeError(text("slice: ", begin, " to ", end, " along axis ", axis, " of shape ",
                          x.shape(), " does not exist"));
  Tensor<T> y = Tensor<T>::uninitialized(x.shape().with(along, end - begin));
  const auto [outer, inner] = Around(x.shape(), along);
  auto out = xview::cube(y.data(), outer, end - begin, inner);
  const auto in = xview::cube(x.data(), outer, extent, inner);
  xt::noalias(out) = xt::view(in, xt::all(), xt::range(begin, end), xt::all());
  return y;
}

template <class T>
void add_to_slice(Tensor<T>& y, const Tensor<T>& part, std::ptrdiff_t axis, std::size_t begin) {
  const std::size_t along = normalized_axis(axis, y.shape(), "slice");
  const std::size_t end = begin + part.shape()[along];
  const auto [outer, inner] = Around(y.shape(), along);
  auto all = xview::cube(y.data(), outer, y.shape()[along], inner);
  xt::noalias(xt::view(all, xt::all(), xt::range(begin, end), xt::all())) +=
      xview::cube(part.data(), outer, end - begin, inner);
}

template <class T>
Tensor<T> concat(std::span<const Tensor<T>> parts, std::ptrdiff_t axis) {
  if (parts.empty()) throw ShapeError("concat: nothing to put together");
  const Shape& first = parts.front().shape();
  const std::size_t along = normalized_axis(axis, first, "concat");
  std::size_t extent = 0;
  for (const Tensor<T>& part : parts) {
    if (part.rank() != first.rank() || part.shape().with(along, 0) != first.with(along, 0))
      throw ShapeError(text("concat: shapes ", first, " and ", part.shape(),
                            " differ in more than axis ", axis));
    extent += part.shape()[along];
  }
  Tensor<T> y = Tensor<T>::uninitialized(first.with(along, extent));
  const auto [outer, inner] = Around(first, along);
  auto all = xview::cube(y.data(), outer, extent, inner);
  std::size_t begin = 0;
  for (const Tensor<T>& part : parts) {
    const std::size_t end = begin + part.shape()[along];
    xt::noalias(xt::view(all, xt::all(), xt::range(begin, end), xt::all())) =
        xview::cube(part.data(), outer, end - begin, inner);
    begin = end;
  }
  return y;
}

template <class T>
Tensor<T> gather_rows(const Tensor<T>& x, std::span<const std::size_t> rows) {
  check_rows(x, rows);
  Tensor<T> y = Tensor<T>::uninitialized(x.shape().with(0, rows.size()));
  const std::size_t width = x.shape().without(0).size();
  for (std::size_t i = 0; i < rows.size(); ++i)
    std::copy_n(x.data() + rows[i] * width, width, y.data() + i * width);
  return y;
}

template <class T>
void add_to_rows(Tensor<T>& y, const Tensor<T>& part, std::span<const std::size_t> rows) {
  check_rows(y, rows);
  const std::size_t width = y.shape().without(0).size();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto row = xview::flat(y.data() + rows[i] * width, width);
    xt::noalias(row) += xview::flat(part.data() + i * width, width);
  }
}

template Tensor<float> transpose(const Tensor<float>&);
template Tensor<double> transpose(const Tensor<double>&);
template Tensor<float> axis_to_back(const Tensor<float>&, std::ptrdiff_t);
template Tensor<double> axis_to_back(const Tensor<double>&, std::ptrdiff_t);
template Tensor<float> axis_from_back(const Tensor<float>&, std::ptrdiff_t);
template Tensor<double> axis_from_back(const Tensor<double>&, std::ptrdiff_t);
template Tensor<float> slice(const Tensor<float>&, std::ptrdiff_t, std::size_t, std::size_t);
template Tensor<double> slice(const Tensor<double>&, std::ptrdiff_t, std::size_t, std::size_t);
template void add_to_slice(Tensor<float>&, const Tensor<float>&, std::ptrdiff_t, std::size_t);
template void add_to_slice(Tensor<double>&, const Tensor<double>&, std::ptrdiff_t, std::size_t);
template Tensor<float> concat(std::span<const Tensor<float>>, std::ptrdiff_t);
template Tensor<double> concat(std::span<const Tensor<double>>, std::ptrdiff_t);
template Tensor<float> gather_rows(const Tensor<float>&, std::span<const std::size_t>);
template Tensor<double> gather_rows(const Tensor<double>&, std::span<const std::size_t>);
template void add_to_rows(Tensor<float>&, const Tensor<float>&, std::span<const std::size_t>);
template void add_to_rows(Tensor<double>&, const Tensor<double>&, std::span<const std::size_t>);

}  // namespace ravine
