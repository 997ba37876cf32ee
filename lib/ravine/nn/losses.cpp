#include "ravine/nn/losses.hpp"

#include "ravine/nn/record_loss.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine {
namespace {

/// Whether two shapes differ in extents of 1 alone.
bool fit(const Shape& a, const Shape& b) {
  if (a == b) return true;
  const auto skip_ones = [](const Shape& shape, std::size_t axis) {
    while (axis < shape.rank() && shape[axis] == 1) ++axis;
    return axis;
  };
  std::size_t i = skip_ones(a, 0);
  std::size_t j = skip_ones(b, 0);
  while (i < a.rank() && j < b.rank() && a[i] == b[j]) {
    i = skip_ones(a, i + 1);
    j = skip_ones(b, j + 1);
  }
  return i == a.rank() && j == b.rank();
}

/// `factor` times the mean of what `kernel(level, prediction, target, scale, gradient, n)` adds up.
template <class T, class Kernel>
Variable<T> mean_loss(const char* name, const Variable<T>& prediction, const Tensor<T>& target,
                      double factor, Kernel kernel) {
  const Tensor<T>& p = prediction.value();
  if (!fit(p.shape(), target.shape()))
    throw ShapeError(
        text(name, ": predictions ", p.shape(), " and targets ", target.shape(), " do not fit"));
  Tensor<T> gradient = Tensor<T>::uninitialized(p.shape());
  const std::size_t n = p.size();
  const double weight = factor / static_cast<double>(n);
  const double total = simd::dispatch([&](auto level) {
    return kernel(level, p.data(), target.data(), static_cast<T>(weight), gradient.data(), n);
  });
  return record_loss(name, factor * total / static_cast<double>(n), prediction,
                     std::move(gradient));
}

template <class T>
Variable<T> square_loss(const char* name, const Variable<T>& prediction, const Tensor<T>& target,
                        double factor) {
  return mean_loss(name, prediction, target, factor, [](auto level, auto... arguments) {
    return kernels::half_square<decltype(level)>(arguments...);
  });
}

}  // namespace

template <class T>
Variable<T> mse_loss(const Variable<T>& prediction, const Tensor<T>& target) {
  return square_loss("mse_loss", prediction, target, 2);
}

template <class T>
Variable<T> half_mse_loss(const Variable<T>& prediction, const Tensor<T>& target) {
  return square_loss("half_mse_loss", prediction, target, 1);
}

template <class T>
Variable<T> l1_loss(const Variable<T>& prediction, const Tensor<T>& target) {
  return mean_loss("l1_loss", prediction, target, 1, [](auto level, auto... arguments) {
    return kernels::absolute<decltype(level)>(arguments...);
  });
}

template <class T>
Variable<T> huber_loss(const Variable<T>& prediction, const Tensor<T>& target, double delta) {
  if (!(delta > 0))
    throw InputError(text("huber_loss: delta must be above 0, ", delta, " was given"));
  return mean_loss("huber_loss", prediction, target, 1,
                   [delta](auto level, const T* p, const T* t, auto... rest) {
                     return kernels::huber<decltype(level)>(p, t, static_cast<T>(delta), rest...);
                   });
}

template <class T>
Variable<T> bce_with_logits(const Variable<T>& logits, const Tensor<T>& target) {
  return mean_loss("bce_with_logits", logits, target, 1, [](auto level, auto... arguments) {
    return kernels::bce_with_logits<decltype(level)>(arguments...);
  });
}

template Variable<float> mse_loss(const Variable<float>&, const Tensor<float>&);
template Variable<double> mse_loss(const Variable<double>&, const Tensor<double>&);
template Variable<float> half_mse_loss(const Variable<float>&, const Tensor<float>&);
template Variable<double> half_mse_loss(const Variable<double>&, const Tensor<double>&);
template Variable<float> l1_loss(const Variable<float>&, const Tensor<float>&);
template Variable<double> l1_loss(const Variable<double>&, const Tensor<double>&);
template Variable<float> huber_loss(const Variable<float>&, const Tensor<float>&, double);
template Variable<double> huber_loss(const Variable<double>&, const Tensor<double>&, double);
template Variable<float> bce_with_logits(const Variable<float>&, const Tensor<float>&);
template Variable<double> bce_with_logits(const Variable<double>&, const Tensor<double>&);

}  // namespace ravine
