#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <xsimd/xsimd.hpp>

#include "ravine/tensor/lanes.hpp"
#include "ravine/tensor/vector_math.hpp"

// What softmax and its kin compute of rows of n >= 1 elements: e^(x - max) and their sum. Loops of
// our own, because xtensor's reducer runs one lane (benchmarks/kernels/softmax.cpp). Internal to
// *.simd.cpp.

namespace ravine::kernels {

/// x - max of the last `count` elements of a row, and beyond it what adds nothing to a sum of at
/// least 1, and is not so low that the exponential takes care of subnormal numbers.
template <class T>
lanes::Vector<T> shifted_up_to(const T* x, std::size_t count, const lanes::Vector<T>& max) {
  if (count == lanes::width<T>) return lanes::load(x) - max;
  const lanes::Vector<T> beyond(T(-60));
  return xsimd::select(lanes::before<T>(count), lanes::load_first(x, count) - max, beyond);
}

/// The largest element; whether a NaN wins is open.
template <class T>
T max_of(const T* x, std::size_t n) {
  constexpr std::size_t width = lanes::width<T>;
  if (n < width)
    return lanes::largest(lanes::load_first(x, n, -std::numeric_limits<T>::infinity()));
  auto result = lanes::load(x + n - width);  // the last vector overlaps the one before
  for (std::size_t i = 0; i + width < n; i += width)
    result = xsimd::max(result, lanes::load(x + i));
  return lanes::largest(result);
}

/// e[i] = e^(x[i] - max), unless e is null; returns their sum.
template <class T>
T exponentials(const T* x, T max, T* e, std::size_t n) {
  constexpr std::size_t width = lanes::width<T>;
  const lanes::Vector<T> shift(max);
  lanes::Vector<T> sum(T(0));
  std::size_t i = 0;
  for (; i + width <= n; i += width) {
    const auto term = math::exp_of_negative(lanes::load(x + i) - shift);
    if (e != nullptr) term.store_unaligned(e + i);
    sum += term;
  }
  if (i < n) {
    const auto term = math::exp_of_negative(shifted_up_to(x + i, n - i, shift));
    if (e != nullptr) lanes::store_first(term, e + i, n - i);
    sum += term;
  }
  return lanes::sum(sum);
}

/// Rows that are taken together, one step for all of them before the next: within a single row each
/// step waits for the one before. As many as stay in the first-level cache, and `max_block`.
constexpr std::size_t max_block = 64;

/// Calls `body(first, count)` for blocks of rows.
template <class Body>
void for_each_block(std::size_t rows, std::size_t columns, Body body) {
  constexpr std::size_t elements = 4096;
  const std::size_t block = std::clamp<std::size_t>(elements / columns, 1, max_block);
  for (std::size_t first = 0; first < rows; first += block)
    body(first, std::min(block, rows - first));
}

/// The exponentials of rows that fit k vectors each, in whole vectors, so that no step waits for
/// what the one before has written in parts: ten classes at a time would take half as long again.
template <class T, std::size_t k>
struct FewVectors {
  alignas(64) std::array<T, max_block * k * lanes::width<T>> exponentials;

  FewVectors(const T* x, const T* maxima, T* sums, std::size_t rows, std::size_t columns) {
    constexpr std::size_t width = lanes::width<T>;
    for (std::size_t r = 0; r < rows; ++r) {
      const lanes::Vector<T> max(maxima[r]);
      for (std::size_t j = 0; j < k; ++j)
        math::exp_of_negative(
            shifted_up_to(x + r * columns + j * width, std::min(width, columns - j * width), max))
            .store_unaligned(exponentials.data() + (r * k + j) * width);
    }
    for (std::size_t r = 0; r < rows; ++r) {
      auto sum = vector(r, 0);
      for (std::size_t j = 1; j < k; ++j) sum += vector(r, j);
      sums[r] = lanes::sum(sum);
    }
  }

  lanes::Vector<T> vector(std::size_t row, std::size_t j) const {
    return lanes::load(exponentials.data() + (row * k + j) * lanes::width<T>);
  }
};

/// Calls `few.operator()<k>()` where a row fits k vectors, for k up to 4, and else `many()`.
template <class T, class Few, class Many>
void with_vectors(std::size_t columns, Few few, Many many) {
  switch ((columns - 1) / lanes::width<T>) {
    case 0:
      return few.template operator()<1>();
    case 1:
      return few.template operator()<2>();
    case 2:
      return few.template operator()<3>();
    case 3:
      return few.template operator()<4>();
    default:
      return many();
  }
}

}  // namespace ravine::kernels
