#include "ravine/nn/normalization.hpp"

#include "ravine/autograd/elementwise.hpp"
#include "ravine/autograd/reduce.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::nn {
namespace {

template <class T>
struct Moments {
  Variable<T> deviation;  // x - mean
  Variable<T> mean;
  Variable<T> variance;
};

template <class T>
Moments<T> moments(const Variable<T>& x, std::ptrdiff_t axis) {
  const Variable<T> center = mean(x, {axis}, true);
  const Variable<T> deviation = x - center;
  return {.deviation = deviation,
          .mean = center,
          .variance = mean(deviation * deviation, {axis}, true)};
}

}  // namespace

template <class T>
BatchNorm1d<T>::BatchNorm1d(std::size_t features, NormalizationOptions options)
    : weight(parameter(Tensor<T>::ones({features}), "weight")),
      bias(parameter(Tensor<T>::zeros({features}), "bias")),
      running_mean(Tensor<T>::zeros({features})),
      running_var(Tensor<T>::ones({features})),
      options_(options) {}

template <class T>
Variable<T> BatchNorm1d<T>::forward(const Variable<T>& x) {
  const std::size_t features = running_mean.size();
  if (x.shape().rank() != 2 || x.shape().back() != features)
    throw ShapeError(text("BatchNorm1d: shape ", x.shape(), " is not [n, ", features, "]"));
  if (!this->training())
    return (x - running_mean) / sqrt(Variable<T>(running_var) + options_.eps) * weight + bias;

  const std::size_t n = x.shape()[0];
  if (n < 2)
    throw InputError(text("BatchNorm1d: a batch of ", n, " has no variance to train with"));
  const auto [deviation, center, variance] = moments(x, 0);
  const T fresh = static_cast<T>(options_.momentum);
  const T unbiased = static_cast<T>(n) / static_cast<T>(n - 1);
  for (std::size_t i = 0; i < features; ++i) {
    running_mean[i] += fresh * (center.value()[i] - running_mean[i]);
    running_var[i] += fresh * (unbiased * variance.value()[i] - running_var[i]);
  }
  return deviation / sqrt(variance + options_.eps) * weight + bias;
}

template <class T>
LayerNorm<T>::LayerNorm(std::size_t features, NormalizationOptions options)
    : weight(parameter(Tensor<T>::ones({features}), "weight")),
      bias(parameter(Tensor<T>::zeros({features}), "bias")),
      options_(options) {}

template <class T>
Variable<T> LayerNorm<T>::forward(const Variable<T>& x) {
  const std::size_t features = weight.shape().size();
  if (x.shape().rank() == 0 || x.shape().back() != features)
    throw ShapeError(text("LayerNorm: shape ", x.shape(), " does not end in ", features,
                          " features as was said"));
  const auto [deviation, center, variance] = moments(x, -1);
  return deviation / sqrt(variance + options_.eps) * weight + bias;
}

template class BatchNorm1d<float>;
template class BatchNorm1d<double>;
template class LayerNorm<float>;
template class LayerNorm<double>;

}  // namespace ravine::nn
