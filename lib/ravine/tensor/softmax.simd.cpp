#include <algorithm>
#include <array>

#include "ravine/tensor/kernels.hpp"
#include "ravine/tensor/simd.hpp"
#include "ravine/tensor/softmax_rows.hpp"

namespace ravine::kernels {

template <class Level, class T>
void softmax(const T* x, T* y, std::size_t rows, std::size_t columns) {
  using V = lanes::Vector<T>;
  constexpr std::size_t width = lanes::width<T>;
  for_each_block(rows, columns, [&](std::size_t first, std::size_t count) {
    const T* in = x + first * columns;
    T* out = y + first * columns;
    std::array<T, max_block> maxima;
    std::array<T, max_block> sums;
    for (std::size_t r = 0; r < count; ++r) maxima[r] = max_of(in + r * columns, columns);
    const auto few = [&]<std::size_t k>() {
      const FewVectors<T, k> e(in, maxima.data(), sums.data(), count, columns);
      lanes::map(
          sums.data(), count, [](const V& sum) { return V(T(1)) / sum; }, sums.data());
      for (std::size_t r = 0; r < count; ++r)
        for (std::size_t j = 0; j < k; ++j)
          lanes::store_up_to(V(e.vector(r, j) * V(sums[r])), out + r * columns + j * width,
                             std::min(width, columns - j * width));
    };
    const auto many = [&] {
      for (std::size_t r = 0; r < count; ++r) {
        T* to = out + r * columns;
        const V share(T(1) / exponentials(in + r * columns, maxima[r], to, columns));
        lanes::map(
            to, columns, [share](const V& e) { return e * share; }, to);
      }
    };
    with_vectors<T>(columns, few, many);
  });
}

template <class Level, class T>
void softmax_gradient(const T* p, const T* dy, T* dx, std::size_t rows, std::size_t columns) {
  for (std::size_t r = 0; r < rows; ++r, p += columns, dy += columns, dx += columns) {
    const lanes::Vector<T> mean(lanes::sum_of<T>(
        columns, [](const auto& weight, const auto& v) { return weight * v; }, p, dy));
    lanes::map(
        dx, columns, [mean](const auto& weight, const auto& v) { return weight * (v - mean); }, p,
        dy);
  }
}

template <class Level, class T>
void log_softmax(const T* x, T* y, std::size_t rows, std::size_t columns) {
  using V = lanes::Vector<T>;
  for_each_block(rows, columns, [&](std::size_t first, std::size_t count) {
    const T* in = x + first * columns;
    T* out = y + first * columns;
    std::array<T, max_block> maxima;
    std::array<T, max_block> log_sums;
    for (std::size_t r = 0; r < count; ++r) maxima[r] = max_of(in + r * columns, columns);
    const auto few = [&]<std::size_t k>() {
      FewVectors<T, k>(in, maxima.data(), log_sums.data(), count, columns);
    };
    const auto many = [&] {
      for (std::size_t r = 0; r < count; ++r)
        log_sums[r] = exponentials(in + r * columns, maxima[r], static_cast<T*>(nullptr), columns);
    };
    with_vectors<T>(columns, few, many);
    lanes::map(
        log_sums.data(), count, [](const V& sum) { return math::log(sum); }, log_sums.data());
    for (std::size_t r = 0; r < count; ++r) {
      const V max(maxima[r]);
      const V log_sum(log_sums[r]);
      lanes::map(
          out + r * columns, columns, [&](const V& v) { return (v - max) - log_sum; },
          in + r * columns);
    }
  });
}

template <class Level, class T>
void log_softmax_gradient(const T* y, const T* dy, T* dx, std::size_t rows, std::size_t columns) {
  for (std::size_t r = 0; r < rows; ++r, y += columns, dy += columns, dx += columns) {
    const lanes::Vector<T> total(lanes::sum_of<T>(
        columns, [](const auto& v) { return v; }, dy));
    lanes::map(
        dx, columns,
        [total](const auto& log_p, const auto& v) {
          return v - math::exp_of_negative(log_p) * total;
        },
        y, dy);
  }
}

using Tag = simd::RAVINE_SIMD_LEVEL;
template void softmax<Tag>(const float*, float*, std::size_t, std::size_t);
template void softmax<Tag>(const double*, double*, std::size_t, std::size_t);
template void softmax_gradient<Tag>(const float*, const float*, float*, std::size_t, std::size_t);
template void softmax_gradient<Tag>(const double*, const double*, double*, std::size_t,
                                    std::size_t);
template void log_softmax<Tag>(const float*, float*, std::size_t, std::size_t);
template void log_softmax<Tag>(const double*, double*, std::size_t, std::size_t);
template void log_softmax_gradient<Tag>(const float*, const float*, float*, std::size_t,
                                        std::size_t);
template void log_softmax_gradient<Tag>(const double*, const double*, double*, std::size_t,
                                        std::size_t);

}  // namespace ravine::kernels
