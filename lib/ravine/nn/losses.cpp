#include "ravine/nn/losses.hpp"

#include <algorithm>
#include <vector>

#include "ravine/autograd/elementwise.hpp"
#include "ravine/autograd/reduce.hpp"
#include "ravine/autograd/structure.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine {
namespace {

std::vector<std::size_t> without_ones(const Shape& shape) {
  std::vector<std::size_t> extents;
  std::ranges::copy_if(shape, std::back_inserter(extents), [](std::size_t n) { return n != 1; });
  return extents;
}

/// The prediction under the target's shape.
template <class T>
Variable<T> fitted(const Variable<T>& prediction, const Tensor<T>& target, const char* loss) {
  if (prediction.shape() == target.shape()) return prediction;
  if (without_ones(prediction.shape()) != without_ones(target.shape()))
    throw ShapeError(text(loss, ": predictions ", prediction.shape(), " and targets ",
                          target.shape(), " do not fit"));
  return reshape(prediction, target.shape());
}

}  // namespace

template <class T>
Variable<T> mse_loss(const Variable<T>& prediction, const Tensor<T>& target) {
  const Variable<T> error = fitted(prediction, target, "mse_loss") - target;
  return mean(error * error);
}

template <class T>
Variable<T> l1_loss(const Variable<T>& prediction, const Tensor<T>& target) {
  return mean(abs(fitted(prediction, target, "l1_loss") - target));
}

template <class T>
Variable<T> huber_loss(const Variable<T>& prediction, const Tensor<T>& target, double delta) {
  if (!(delta > 0))
    throw InputError(text("huber_loss: delta must be above 0, ", delta, " was given"));
  // With q = min(d, delta) both branches are q (d - q / 2).
  const Variable<T> d = abs(fitted(prediction, target, "huber_loss") - target);
  const Variable<T> q = minimum(d, delta);
  return mean(q * (d - 0.5 * q));
}

template <class T>
Variable<T> bce_with_logits(const Variable<T>& logits, const Tensor<T>& target) {
  // -t log p - (1 - t) log(1 - p) = softplus(x) - t x, which neither overflows nor takes log 0.
  const Variable<T> x = fitted(logits, target, "bce_with_logits");
  return mean(softplus(x) - x * target);
}

template Variable<float> mse_loss(const Variable<float>&, const Tensor<float>&);
template Variable<double> mse_loss(const Variable<double>&, const Tensor<double>&);
template Variable<float> l1_loss(const Variable<float>&, const Tensor<float>&);
template Variable<double> l1_loss(const Variable<double>&, const Tensor<double>&);
template Variable<float> huber_loss(const Variable<float>&, const Tensor<float>&, double);
template Variable<double> huber_loss(const Variable<double>&, const Tensor<double>&, double);
template Variable<float> bce_with_logits(const Variable<float>&, const Tensor<float>&);
template Variable<double> bce_with_logits(const Variable<double>&, const Tensor<double>&);

}  // namespace ravine
