#include <algorithm>
#include <limits>

#include "ravine/nn/loss_kernels.hpp"
#include "ravine/tensor/lanes.hpp"
#include "ravine/tensor/simd.hpp"
#include "ravine/tensor/vector_math.hpp"

// Loops of our own: an expression of xtensor gives either the value's sum or the gradient, and its
// reducer runs one lane; see tensor/reduce.simd.cpp.

namespace ravine::kernels {
namespace {

template <class T>
struct Loss {
  lanes::Vector<T> value;
  lanes::Vector<T> slope;
};

/// `loss(prediction, target)` of vectors.
template <class T, class Function>
double sum_and_gradient(const T* prediction, const T* target, T scale, T* gradient, std::size_t n,
                        Function loss) {
  using V = lanes::Vector<T>;
  constexpr std::size_t width = lanes::width<T>;
  // Blocks short enough for T's digits; their sums are added up in double.
  constexpr std::size_t block = 4096;
  const V factor(scale);
  double total = 0;
  for (std::size_t begin = 0; begin < n; begin += block) {
    const std::size_t end = std::min(n, begin + block);
    V sum(T(0));
    std::size_t i = begin;
    for (; i + width <= end; i += width) {
      const Loss<T> at = loss(lanes::load(prediction + i), lanes::load(target + i));
      sum += at.value;
      (at.slope * factor).store_unaligned(gradient + i);
    }
    if (i < end) {
      const std::size_t rest = end - i;
      const Loss<T> at =
          loss(lanes::load_first(prediction + i, rest), lanes::load_first(target + i, rest));
      sum += xsimd::select(lanes::before<T>(rest), at.value, V(T(0)));
      lanes::store_first(V(at.slope * factor), gradient + i, rest);
    }
    total += static_cast<double>(lanes::sum(sum));
  }
  return total;
}

}  // namespace

template <class Level, class T>
double half_square(const T* prediction, const T* target, T scale, T* gradient, std::size_t n) {
  using V = lanes::Vector<T>;
  return sum_and_gradient(prediction, target, scale, gradient, n, [](const V& p, const V& t) {
    const V d = p - t;
    return Loss<T>{.value = V(T(0.5)) * d * d, .slope = d};
  });
}

template <class Level, class T>
double absolute(const T* prediction, const T* target, T scale, T* gradient, std::size_t n) {
  using V = lanes::Vector<T>;
  return sum_and_gradient(prediction, target, scale, gradient, n, [](const V& p, const V& t) {
    const V d = p - t;
    const V zero(T(0));
    const V slope = xsimd::select(d > zero, V(T(1)), xsimd::select(d < zero, V(T(-1)), d));
    return Loss<T>{.value = xsimd::abs(d), .slope = slope};
  });
}

template <class Level, class T>
double huber(const T* prediction, const T* target, T delta, T scale, T* gradient, std::size_t n) {
  using V = lanes::Vector<T>;
  const V limit(delta);
  return sum_and_gradient(prediction, target, scale, gradient, n, [limit](const V& p, const V& t) {
    // With q = d held within [-delta, delta] both branches are q (d - q / 2), and q is the slope.
    const V d = p - t;
    const V q = xsimd::max(-limit, xsimd::min(limit, d));
    return Loss<T>{.value = q * (d - V(T(0.5)) * q), .slope = q};
  });
}

template <class Level, class T>
double bce_with_logits(const T* logits, const T* target, T scale, T* gradient, std::size_t n) {
  using V = lanes::Vector<T>;
  return sum_and_gradient(logits, target, scale, gradient, n, [](const V& x, const V& t) {
    // -t log p - (1 - t) log(1 - p) = softplus(x) - t x, which neither overflows nor takes log 0;
    // the slope is sigmoid(x) - t. Both are made from e^-|x|.
    const V zero(T(0));
    const V e = math::exp_of_negative(-xsimd::abs(x));
    const V p = xsimd::select(x < zero, e, V(T(1))) / (V(T(1)) + e);
    return Loss<T>{.value = (xsimd::max(zero, x) - t * x) + math::log1p_of_fraction(e),
                   .slope = p - t};
  });
}

template <class Level, class T>
void scale(const T* x, T factor, bool accumulate, T* y, std::size_t n) {
  const lanes::Vector<T> by(factor);
  if (accumulate)
    lanes::map(
        y, n, [by](const auto& v, const auto& sum) { return sum + v * by; }, x, y);
  else
    lanes::map(
        y, n, [by](const auto& v) { return v * by; }, x);
}

using Tag = simd::RAVINE_SIMD_LEVEL;
template double half_square<Tag>(const float*, const float*, float, float*, std::size_t);
template double half_square<Tag>(const double*, const double*, double, double*, std::size_t);
template double absolute<Tag>(const float*, const float*, float, float*, std::size_t);
template double absolute<Tag>(const double*, const double*, double, double*, std::size_t);
template double huber<Tag>(const float*, const float*, float, float, float*, std::size_t);
template double huber<Tag>(const double*, const double*, double, double, double*, std::size_t);
template double bce_with_logits<Tag>(const float*, const float*, float, float*, std::size_t);
template double bce_with_logits<Tag>(const double*, const double*, double, double*, std::size_t);
template void scale<Tag>(const float*, float, bool, float*, std::size_t);
template void scale<Tag>(const double*, double, bool, double*, std::size_t);

}  // namespace ravine::kernels
