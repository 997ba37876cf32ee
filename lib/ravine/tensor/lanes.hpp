#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <xsimd/xsimd.hpp>

// Arrays in vectors, their last elements in a vector that is filled in part: these pass through the
// same instructions as the others, so that a value does not depend on its place, and an array
// shorter than a vector costs one. Internal to *.simd.cpp.

namespace ravine::lanes {

template <class T>
using Vector = xsimd::batch<T>;
template <class T>
using Mask = xsimd::batch_bool<T>;
template <class T>
constexpr std::size_t width = Vector<T>::size;

/// first, first + 1, ...
template <class T>
Vector<T> numbers(std::size_t first = 0) {
  constexpr auto from_0 = [] {
    std::array<T, width<T>> result{};
    for (std::size_t i = 0; i < result.size(); ++i) result[i] = static_cast<T>(i);
    return result;
  }();
  return Vector<T>::load_unaligned(from_0.data()) + Vector<T>(static_cast<T>(first));
}

/// The lanes before number `count`.
template <class T>
Mask<T> before(std::size_t count) {
  return numbers<T>() < Vector<T>(static_cast<T>(count));
}

template <class T>
Vector<T> load(const T* from) {
  return Vector<T>::load_unaligned(from);
}

/// The first `count` lanes from memory, fewer than there are, and `fill` in the others.
template <class T>
Vector<T> load_first(const T* from, std::size_t count, T fill = 0) {
#ifdef __AVX512F__  // xsimd 8 has no masked access to memory
  const auto mask = (1U << count) - 1U;
  if constexpr (sizeof(T) == sizeof(float))
    return _mm512_mask_loadu_ps(_mm512_set1_ps(fill), static_cast<__mmask16>(mask), from);
  else
    return _mm512_mask_loadu_pd(_mm512_set1_pd(fill), static_cast<__mmask8>(mask), from);
#elif defined __AVX2__
  const Mask<T> mask = before<T>(count);
  if constexpr (sizeof(T) == sizeof(float)) {
    const Vector<T> values = _mm256_maskload_ps(from, _mm256_castps_si256(mask));
    return xsimd::select(mask, values, Vector<T>(fill));
  } else {
    const Vector<T> values = _mm256_maskload_pd(from, _mm256_castpd_si256(mask));
    return xsimd::select(mask, values, Vector<T>(fill));
  }
#else
  const auto one = [&](std::size_t i) { return i < count ? from[i] : fill; };
  if constexpr (width<T> == 4)
    return {one(0), one(1), one(2), fill};
  else
    return {one(0), fill};
#endif
}

/// The first `count` lanes to memory, fewer than there are.
template <class T>
void store_first(const Vector<T>& vector, T* to, std::size_t count) {
#ifdef __AVX512F__
  const auto mask = (1U << count) - 1U;
  if constexpr (sizeof(T) == sizeof(float))
    _mm512_mask_storeu_ps(to, static_cast<__mmask16>(mask), vector);
  else
    _mm512_mask_storeu_pd(to, static_cast<__mmask8>(mask), vector);
#elif defined __AVX2__
  if constexpr (sizeof(T) == sizeof(float))
    _mm256_maskstore_ps(to, _mm256_castps_si256(before<T>(count)), vector);
  else
    _mm256_maskstore_pd(to, _mm256_castpd_si256(before<T>(count)), vector);
#else
  std::array<T, width<T>> values;
  vector.store_unaligned(values.data());
  for (std::size_t i = 0; i < count; ++i) to[i] = values[i];
#endif
}

template <class T>
void store_up_to(const Vector<T>& vector, T* to, std::size_t count) {
  if (count == width<T>)
    vector.store_unaligned(to);
  else
    store_first(vector, to, count);
}

template <class T>
T sum(const Vector<T>& vector) {
#ifdef __AVX512F__  // xsimd's goes by hadd, which takes twice as long
  if constexpr (sizeof(T) == sizeof(float))
    return _mm512_reduce_add_ps(vector);
  else
    return _mm512_reduce_add_pd(vector);
#else
  return xsimd::hadd(vector);
#endif
}

/// The largest lane; whether a NaN wins is open. xsimd 8 has none.
template <class T>
T largest(const Vector<T>& vector) {
#ifdef __AVX512F__
  if constexpr (sizeof(T) == sizeof(float))
    return _mm512_reduce_max_ps(vector);
  else
    return _mm512_reduce_max_pd(vector);
#else
  std::array<T, width<T>> values;
  vector.store_unaligned(values.data());
  T result = values[0];
  for (const T value : values) result = result < value ? value : result;
  return result;
#endif
}

/// y[i] = function(x[i]...) for n elements, in vectors; y may be one of the x.
template <class T, class Function, class... X>
void map(T* y, std::size_t n, Function function, const X*... x) {
  std::size_t i = 0;
  for (; i + width<T> <= n; i += width<T>) function(load(x + i)...).store_unaligned(y + i);
  if (i < n) store_first(Vector<T>(function(load_first(x + i, n - i)...)), y + i, n - i);
}

/// The sum of term(x[i]...) over n elements, added up in the lanes of one vector.
template <class T, class Term, class... X>
T sum_of(std::size_t n, Term term, const X*... x) {
  Vector<T> total(T(0));
  std::size_t i = 0;
  for (; i + width<T> <= n; i += width<T>) total += term(load(x + i)...);
  if (i < n)
    total += xsimd::select(before<T>(n - i), Vector<T>(term(load_first(x + i, n - i)...)),
                           Vector<T>(T(0)));
  return sum(total);
}

}  // namespace ravine::lanes
