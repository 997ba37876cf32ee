#include "ravine/autograd/softmax.hpp"

#include "ravine/autograd/tape.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/kernels.hpp"
#include "ravine/tensor/layout.hpp"
#include "ravine/tensor/simd.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine {
namespace {

/// A tensor as rows along its last axis, of which there is at least one element.
struct Rows {
  std::size_t count;
  std::size_t length;
};

template <class T>
Rows rows_of(const Tensor<T>& x, const char* operation) {
  const std::size_t length = x.shape().back();
  if (length == 0)
    throw ShapeError(text(operation, ": shape ", x.shape(), " has no elements along its axis"));
  return {x.size() / length, length};
}

template <class T>
struct Softmax {
  Tensor<T> probabilities;  // of x's shape
  Tensor<T> log_sums;       // [rows]: log p = x - log_sum
};

template <class T>
Softmax<T> softmax_of_rows(const Tensor<T>& x, Rows rows) {
  Softmax<T> result{.probabilities = Tensor<T>::uninitialized(x.shape()),
                    .log_sums = Tensor<T>::uninitialized({rows.count})};
  simd::dispatch([&](auto level) {
    kernels::softmax<decltype(level)>(x.data(), result.probabilities.data(), result.log_sums.data(),
                                      rows.count, rows.length);
  });
  return result;
}

}  // namespace

template <class T>
Variable<T> softmax(const Variable<T>& x, std::ptrdiff_t axis) {
  normalized_axis(axis, x.shape(), "softmax");  // throws in the name of this operation
  const Tensor<T> input = axis_to_back(x.value(), axis);
  const Rows rows = rows_of(input, "softmax");
  Tensor<T> p = softmax_of_rows(input, rows).probabilities;
  Tensor<T> y = axis_from_back(p, axis);
  return record<T>("softmax", std::move(y), {&x},
                   [p = std::move(p), rows, axis](const Backward<T>& backward) {
                     // dx = p (dy - sum(p dy))
                     const Tensor<T> dy = axis_to_back(backward.grad(), axis);
                     Tensor<T> dx = Tensor<T>::uninitialized(p.shape());
                     for (std::size_t r = 0; r < rows.count; ++r) {
                       const std::size_t begin = r * rows.length;
                       const std::size_t end = begin + rows.length;
                       T total = 0;
                       for (std::size_t i = begin; i < end; ++i) total += p[i] * dy[i];
                       for (std::size_t i = begin; i < end; ++i) dx[i] = p[i] * (dy[i] - total);
                     }
                     backward.add(0, axis_from_back(dx, axis));
                   });
}

template <class T>
Variable<T> log_softmax(const Variable<T>& x, std::ptrdiff_t axis) {
  normalized_axis(axis, x.shape(), "log_softmax");  // throws in the name of this operation
  const Tensor<T> input = axis_to_back(x.value(), axis);
  const Rows rows = rows_of(input, "log_softmax");
  auto [p, log_sums] = softmax_of_rows(input, rows);
  Tensor<T> y = Tensor<T>::uninitialized(input.shape());
  for (std::size_t r = 0; r < rows.count; ++r)
    for (std::size_t i = r * rows.length; i < (r + 1) * rows.length; ++i)
      y[i] = input[i] - log_sums[r];
  return record<T>("log_softmax", axis_from_back(y, axis), {&x},
                   [p = std::move(p), rows, axis](const Backward<T>& backward) {
                     // dx = dy - p sum(dy)
                     const Tensor<T> dy = axis_to_back(backward.grad(), axis);
                     Tensor<T> dx = Tensor<T>::uninitialized(p.shape());
                     for (std::size_t r = 0; r < rows.count; ++r) {
                       const std::size_t begin = r * rows.length;
                       const std::size_t end = begin + rows.length;
                       T total = 0;
                       for (std::size_t i = begin; i < end; ++i) total += dy[i];
                       for (std::size_t i = begin; i < end; ++i) dx[i] = dy[i] - p[i] * total;
                     }
                     backward.add(0, axis_from_back(dx, axis));
                   });
}

template Variable<float> softmax(const Variable<float>&, std::ptrdiff_t);
template Variable<double> softmax(const Variable<double>&, std::ptrdiff_t);
template Variable<float> log_softmax(const Variable<float>&, std::ptrdiff_t);
template Variable<double> log_softmax(const Variable<double>&, std::ptrdiff_t);

}  // namespace ravine
