#include <algorithm>
#include <array>

#include "ravine/nn/loss_kernels.hpp"
#include "ravine/tensor/simd.hpp"
#include "ravine/tensor/softmax_rows.hpp"

namespace ravine::kernels {

template <class Level, class T>
std::size_t first_bad_class(const T* classes, std::size_t rows, std::size_t columns) {
  constexpr std::size_t width = lanes::width<T>;
  const lanes::Vector<T> end(static_cast<T>(columns));
  const auto good = [&](const lanes::Vector<T>& c) {
    return xsimd::all(c >= lanes::Vector<T>(T(0)) && c < end && xsimd::trunc(c) == c);
  };
  std::size_t r = 0;
  while (r + width <= rows && good(lanes::load(classes + r))) r += width;
  if (r + width > rows && good(lanes::load_first(classes + r, rows - r))) return rows;
  while (good(lanes::Vector<T>(classes[r]))) ++r;
  return r;
}

template <class Level, class T>
double cross_entropy(const T* logits, const T* classes, TargetWeights weights, T scale, T* gradient,
                     std::size_t rows, std::size_t columns) {
  using V = lanes::Vector<T>;
  constexpr std::size_t width = lanes::width<T>;
  const auto on_class = static_cast<T>(weights.on_class);
  const auto on_all = static_cast<T>(weights.on_all);
  const V all_gradient(scale * on_all);
  const V class_gradient(scale * (on_all + on_class));
  double total = 0;
  for_each_block(rows, columns, [&](std::size_t first, std::size_t count) {
    const T* x = logits + first * columns;
    T* dx = gradient + first * columns;
    const T* targets = classes + first;
    std::array<T, max_block> maxima;
    std::array<T, max_block> sums;
    std::array<T, max_block> shares;
    std::array<T, max_block> at_targets;
    for (std::size_t r = 0; r < count; ++r) maxima[r] = max_of(x + r * columns, columns);

    // dx = scale (p - q) with the weights q of the classes
    const auto few = [&]<std::size_t k>() {
      const FewVectors<T, k> e(x, maxima.data(), sums.data(), count, columns);
      lanes::map(
          shares.data(), count, [&](const V& sum) { return V(scale) / sum; }, sums.data());
      for (std::size_t r = 0; r < count; ++r)
        for (std::size_t j = 0; j < k; ++j) {
          const auto here = lanes::numbers<T>(j * width) == V(targets[r]);
          const V q = xsimd::select(here, class_gradient, all_gradient);
          lanes::store_up_to(V(e.vector(r, j) * V(shares[r]) - q), dx + r * columns + j * width,
                             std::min(width, columns - j * width));
        }
    };
    const auto many = [&] {
      for (std::size_t r = 0; r < count; ++r) {
        T* to = dx + r * columns;
        sums[r] = exponentials(x + r * columns, maxima[r], to, columns);
        const V share(scale / sums[r]);
        lanes::map(
            to, columns, [&](const V& e) { return e * share - all_gradient; }, to);
        to[static_cast<std::size_t>(targets[r])] -= scale * on_class;
      }
    };
    with_vectors<T>(columns, few, many);

    // Loss of a row: log(sum of e^d) - on_class d[class] - on_all sum(d) with d = x - max. Maximum
    // and logarithm are never added up, which would round the logarithm to the maximum's digits.
    for (std::size_t r = 0; r < count; ++r)
      // By way of a signed number: older processors have no instruction for an unsigned one.
      at_targets[r] =
          x[r * columns + static_cast<std::size_t>(static_cast<std::ptrdiff_t>(targets[r]))];
    total += static_cast<double>(lanes::sum_of<T>(
        count,
        [=](const V& sum, const V& at_target, const V& max) {
          return math::log(sum) - V(on_class) * (at_target - max);
        },
        sums.data(), at_targets.data(), maxima.data()));
    if (on_all == 0) return;
    for (std::size_t r = 0; r < count; ++r)
      total -= weights.on_all *
               static_cast<double>(lanes::sum_of<T>(
                   columns, [max = V(maxima[r])](const V& v) { return v - max; }, x + r * columns));
  });
  return total;
}

using Tag = simd::RAVINE_SIMD_LEVEL;
template std::size_t first_bad_class<Tag>(const float*, std::size_t, std::size_t);
template std::size_t first_bad_class<Tag>(const double*, std::size_t, std::size_t);
template double cross_entropy<Tag>(const float*, const float*, TargetWeights, float, float*,
                                   std::size_t, std::size_t);
template double cross_entropy<Tag>(const double*, const double*, TargetWeights, double, double*,
                                   std::size_t, std::size_t);

}  // namespace ravine::kernels
