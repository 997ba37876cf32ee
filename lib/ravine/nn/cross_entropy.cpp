#include <cmath>

#include "ravine/autograd/tape.hpp"
#include "ravine/nn/losses.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/kernels.hpp"
#include "ravine/tensor/simd.hpp"
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
  for (const T index : classes.values())
    if (!(index >= 0 && index < static_cast<T>(columns) && index == std::floor(index)))
      throw InputError(
          text("cross_entropy: ", index, " is not a class index from 0 to ", columns - 1));

  Tensor<T> p = Tensor<T>::uninitialized(x.shape());
  Tensor<T> log_sums = Tensor<T>::uninitialized({n});
  simd::dispatch([&](auto level) {
    kernels::softmax<decltype(level)>(x.data(), p.data(), log_sums.data(), n, columns);
  });
  const double on_class = 1 - label_smoothing;
  const double on_all = label_smoothing / static_cast<double>(columns);
  double total = 0;
  for (std::size_t r = 0; r < n; ++r) {
    const T* row = x.data() + r * columns;
    const double log_sum = log_sums[r];
    total += on_class * (log_sum - row[static_cast<std::size_t>(classes[r])]);
    if (on_all != 0)
      for (std::size_t c = 0; c < columns; ++c) total += on_all * (log_sum - row[c]);
  }
  const auto loss = static_cast<T>(total / static_cast<double>(n));
  return record<T>(
      "cross_entropy", Tensor<T>::scalar(loss), {&logits},
      [p = std::move(p), classes, n, columns, on_class, on_all](const Backward<T>& backward) {
        // d loss / d logit = (p - target) / n
        const T scale = backward.grad().item() / static_cast<T>(n);
        Tensor<T> dx = Tensor<T>::uninitialized(p.shape());
        for (std::size_t i = 0; i < p.size(); ++i) dx[i] = scale * (p[i] - static_cast<T>(on_all));
        for (std::size_t r = 0; r < n; ++r)
          dx[r * columns + static_cast<std::size_t>(classes[r])] -=
              scale * static_cast<T>(on_class);
        backward.add(0, std::move(dx));
      });
}

template Variable<float> cross_entropy(const Variable<float>&, const Tensor<float>&, double);
template Variable<double> cross_entropy(const Variable<double>&, const Tensor<double>&, double);

}  // namespace ravine
