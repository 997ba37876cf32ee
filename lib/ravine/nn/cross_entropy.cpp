#include "ravine/nn/losses.hpp"
#include "ravine/nn/record_loss.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine {

template <class T>
Variable<T> cross_entropy(const Variable<T>& logits, const Tensor<T>& classes,
                          double label_smoothing) {
  const Tensor<T>& x = logits.value();
  if (x.rank() != 2 || x.empty() || classes.size() != x.shape()[0])
    throw ShapeError(text("cross_entropy: logits ", x.shape(), " and classes ", classes.shape(),
                          " do not fit ([n, classes] and [n] are wanted)"));
  if (!(label_smoothing >= 0 && label_smoothing <= 1))
    throw InputError(
        text("cross_entropy: label_smoothing must be in [0, 1], ", label_smoothing, " was given"));
  const std::size_t n = x.shape()[0];
  const std::size_t columns = x.shape()[1];
  const std::size_t bad = simd::dispatch([&](auto level) {
    return kernels::first_bad_class<decltype(level)>(classes.data(), n, columns);
  });
  if (bad < n)
    throw InputError(
        text("cross_entropy: ", classes[bad], " is not a class index from 0 to ", columns - 1));

  const kernels::TargetWeights weights{.on_class = 1 - label_smoothing,
                                       .on_all = label_smoothing / static_cast<double>(columns)};
  Tensor<T> gradient = Tensor<T>::uninitialized(x.shape());
  const double total = simd::dispatch([&](auto level) {
    return kernels::cross_entropy<decltype(level)>(
        x.data(), classes.data(), weights, T(1) / static_cast<T>(n), gradient.data(), n, columns);
  });
  return record_loss("cross_entropy", total / static_cast<double>(n), logits, std::move(gradient));
}

template Variable<float> cross_entropy(const Variable<float>&, const Tensor<float>&, double);
template Variable<double> cross_entropy(const Variable<double>&, const Tensor<double>&, double);

}  // namespace ravine
