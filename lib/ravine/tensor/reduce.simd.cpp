#include <algorithm>
#include <array>
#include <cmath>
#include <xsimd/xsimd.hpp>

#include "ravine/tensor/kernels.hpp"
#include "ravine/tensor/lanes.hpp"
#include "ravine/tensor/simd.hpp"
#include "ravine/tensor/xview.hpp"

namespace ravine::kernels {
namespace {

/// The largest element in vector lanes, NaN if one is, of at least one. Like the sums along the
/// last axis a loop of our own, because xtensor's reducer runs one lane: rows of 1000 floats in
/// benchmarks/kernels/reduce.cpp are 3 (SSE2) to 15 (AVX-512) times slower.
template <class T>
T max_lanes(const T* x, std::size_t n) {
  using Vector = xsimd::batch<T>;
  T best = x[0];
  std::size_t i = 0;
  if (n >= Vector::size) {
    Vector lanes = Vector::load_unaligned(x);
    // A NaN enters, and then stays: nothing is above it.
    for (i = Vector::size; i + Vector::size <= n; i += Vector::size) {
      const Vector next = Vector::load_unaligned(x + i);
      lanes = xsimd::select(next > lanes || xsimd::isnan(next), next, lanes);
    }
    alignas(Vector::arch_type::alignment()) std::array<T, Vector::size> each;
    lanes.store_aligned(each.data());
    for (const T value : each)
      if (value > best || std::isnan(value)) best = value;
  }
  for (; i < n; ++i)
    if (x[i] > best || std::isnan(x[i])) best = x[i];
  return best;
}

}  // namespace

template <class Level, class T>
void sum(const T* x, T* y, std::size_t outer, std::size_t extent, std::size_t inner) {
  if (inner == 1) {
    for (std::size_t o = 0; o < outer; ++o)
      y[o] = lanes::sum_of<T>(
          extent, [](const auto& v) { return v; }, x + o * extent);
    return;
  }
  for (std::size_t o = 0; o < outer; ++o) {
    auto total = xview::flat(y + o * inner, inner);
    if (extent == 0) total.fill(T(0));
    for (std::size_t e = 0; e < extent; ++e) {
      const auto row = xview::flat(x + (o * extent + e) * inner, inner);
      if (e == 0)
        xview::assign(total, row);
      else
        xview::assign(total, total + row);
    }
  }
}

template <class Level, class T>
void max(const T* x, T* y, std::size_t outer, std::size_t extent, std::size_t inner) {
  if (inner == 1) {
    for (std::size_t o = 0; o < outer; ++o) y[o] = max_lanes(x + o * extent, extent);
    return;
  }
  for (std::size_t o = 0; o < outer; ++o) {
    auto best = xview::flat(y + o * inner, inner);
    for (std::size_t e = 0; e < extent; ++e) {
      const auto row = xview::flat(x + (o * extent + e) * inner, inner);
      if (e == 0)
        xview::assign(best, row);
      else  // a NaN on either side stays: no comparison with it is true
        xt::noalias(best) =
            xt::where(row <= best, best, xt::where(xt::equal(best, best), row, best));
    }
  }
}

template <class Level, class T>
void add_to(const T* x, T* y, std::size_t n) {
  auto total = xview::flat(y, n);
  xview::assign(total, total + xview::flat(x, n));
}

template <class Level, class T>
double sum_of_squares(const T* x, std::size_t n) {
  // Blocks short enough for T's digits; their sums are added up in double.
  constexpr std::size_t block = 4096;
  double total = 0;
  for (std::size_t begin = 0; begin < n; begin += block)
    total += static_cast<double>(lanes::sum_of<T>(
        std::min(block, n - begin), [](const auto& v) { return v * v; }, x + begin));
  return total;
}

using Tag = simd::RAVINE_SIMD_LEVEL;
template void sum<Tag>(const float*, float*, std::size_t, std::size_t, std::size_t);
template void sum<Tag>(const double*, double*, std::size_t, std::size_t, std::size_t);
template void max<Tag>(const float*, float*, std::size_t, std::size_t, std::size_t);
template void max<Tag>(const double*, double*, std::size_t, std::size_t, std::size_t);
template void add_to<Tag>(const float*, float*, std::size_t);
template void add_to<Tag>(const double*, double*, std::size_t);
template double sum_of_squares<Tag>(const float*, std::size_t);
template double sum_of_squares<Tag>(const double*, std::size_t);

}  // namespace ravine::kernels
