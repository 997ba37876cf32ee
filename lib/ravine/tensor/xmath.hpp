#pragma once

#include <concepts>
#include <type_traits>
#include <utility>
#include <xtensor/xmath.hpp>
#include <xtensor/xoperation.hpp>

#include "ravine/tensor/vector_math.hpp"

// The same functions of xtensor's expressions, and the choice between two values for vectors, so
// that a formula reads the same for both. Internal to *.simd.cpp.

namespace ravine::math {

template <class E>
concept Expression = xt::is_xexpression<std::remove_cvref_t<E>>::value;

namespace detail {

struct Tanh {
  template <class V>
  V simd_apply(const V& x) const {
    return math::tanh(x);
  }
  template <std::floating_point T>
  T operator()(T x) const {
    return math::tanh(xsimd::batch<T>(x)).get(0);
  }
};

struct Sigmoid {
  template <class V>
  V simd_apply(const V& x) const {
    return math::sigmoid(x);
  }
  template <std::floating_point T>
  T operator()(T x) const {
    return math::sigmoid(xsimd::batch<T>(x)).get(0);
  }
};

}  // namespace detail

// An expression holds what it was given by value, and by reference what has a name.

template <Expression E>
auto tanh(E&& x) {
  return xt::detail::make_xfunction<detail::Tanh>(std::forward<E>(x));
}

template <Expression E>
auto sigmoid(E&& x) {
  return xt::detail::make_xfunction<detail::Sigmoid>(std::forward<E>(x));
}

template <class T, class A>
xsimd::batch<T, A> where(const xsimd::batch_bool<T, A>& condition,
                         const std::type_identity_t<xsimd::batch<T, A>>& yes,
                         const std::type_identity_t<xsimd::batch<T, A>>& no) {
  return xsimd::select(condition, yes, no);
}

template <Expression E>
auto where(E&& condition, auto&& yes, auto&& no) {
  return xt::where(std::forward<E>(condition), std::forward<decltype(yes)>(yes),
                   std::forward<decltype(no)>(no));
}

}  // namespace ravine::math
