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

}  // namespace

template <class T>
Variable<T> softmax(const Variable<T>& x, std::ptrdiff_t axis) {
  normalized_axis(axis, x.shape(), "softmax");  // throws in the name of this operation
  const Tensor<T> input = axis_to_back(x.value(), axis);
  const Rows rows = rows_of(input, "softmax");
  Tensor<T> p = Tensor<T>::uninitialized(input.shape());
  simd::dispatch([&](auto level) {
    kernels::softmax<decltype(level)>(input.data(), p.data(), rows.count, rows.length);
  });
  Tensor<T> y = axis_from_back(p, axis);
  return record<T>("softmax", std::move(y), {&x},
                   [p = std::move(p), rows, axis](const Backward<T>& backward) {
                     const Tensor<T> dy = axis_to_back(backward.grad(), axis);
                     Tensor<T> dx = Tensor<T>::uninitialized(p.shape());
                     simd::dispatch([&](auto level) {
                       kernels::softmax_gradient<decltype(level)>(p.data(), dy.data(), dx.data(),
                                                                  rows.count, rows.length);
                     });
                     backward.add(0, axis_from_back(dx, axis));
                   });
}

template <class T>
Variable<T> log_softmax(const Variable<T>& x, std::ptrdiff_t axis) {
  normalized_axis(axis, x.shape(), "log_softmax");  // throws in the name of this operation
  const Tensor<T> input = axis_to_back(x.value(), axis);
  const Rows rows = rows_of(input, "log_softmax");
  Tensor<T> log_p = Tensor<T>::uninitialized(input.shape());
  simd::dispatch([&](auto level) {
    kernels::log_softmax<decltype(level)>(input.data(), log_p.data(), rows.count, rows.length);
  });
  Tensor<T> y = axis_from_back(log_p, axis);
  return record<T>("log_softmax", std::move(y), {&x},
                   [log_p = std::move(log_p), rows, axis](const Backward<T>& backward) {
                     const Tensor<T> dy = axis_to_back(backward.grad(), axis);
                     Tensor<T> dx = Tensor<T>::uninitialized(log_p.shape());
                     simd::dispatch([&](auto level) {
                       kernels::log_softmax_gradient<decltype(level)>(
                           log_p.data(), dy.data(), dx.data(), rows.count, rows.length);
                     });
                     backward.add(0, axis_from_back(dx, axis));
                   });
}

template Variable<float> softmax(const Variable<float>&, std::ptrdiff_t);
template Variable<double> softmax(const Variable<double>&, std::ptrdiff_t);
template Variable<float> log_softmax(const Variable<float>&, std::ptrdiff_t);
template Variable<double> log_softmax(const Variable<double>&, std::ptrdiff_t);

}  // namespace ravine
