#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>
#include <xsimd/xsimd.hpp>

// Functions of vectors, each lane for itself. xsimd's own lose e^x below the smallest normal number
// and, in double, the logarithms of such numbers and all digits of erf's complement; the errors of
// these, in units in the last place, stand in autograd/elementwise.hpp and are held by
// tests/autograd/vector_math_test.cpp. Polynomials interpolate at Chebyshev's nodes.
// Internal to *.simd.cpp.

namespace ravine::math {

/// `yes` in the lanes where the condition holds, `no` in the others.
template <class T, class A>
xsimd::batch<T, A> where(const xsimd::batch_bool<T, A>& condition,
                         const std::type_identity_t<xsimd::batch<T, A>>& yes,
                         const std::type_identity_t<xsimd::batch<T, A>>& no) {
  return xsimd::select(condition, yes, no);
}

namespace detail {

template <class V>
using Scalar = typename V::value_type;
template <class V>
using Bits = xsimd::as_unsigned_integer_t<V>;

template <class V>
Bits<V> bits(const V& x) {
  return xsimd::bitwise_cast<Bits<V>>(x);
}
template <class V>
V from_bits(const Bits<V>& x) {
  return xsimd::bitwise_cast<V>(x);
}

/// c[0] + c[1] x + c[2] x^2 + ..., by Horner's rule.
template <class V, std::size_t n>
V polynomial(const V& x, const std::array<Scalar<V>, n>& c) {
  V result(c[n - 1]);
  [&]<std::size_t... i>(std::index_sequence<i...>) {
    ((result = xsimd::fma(result, x, V(c[n - 2 - i]))), ...);
  }
  (std::make_index_sequence<n - 1>());
  return result;
}

template <class T>
struct Constants;

template <>
struct Constants<float> {
  static constexpr int mantissa_bits = 23;
  static constexpr std::uint32_t one = 0x3f800000;
  static constexpr float round = 12582912.0F;  // 1.5 * 2^23: adding it rounds to an integer
  static constexpr float log2_e = 1.44269504F;
  static constexpr float ln2_high = 0.693359375F;  // times any exponent without rounding
  static constexpr float ln2_low = -2.12194440e-4F;
  // Beyond these e^x is 0 and infinite.
  static constexpr float exp_low = -104;
  static constexpr float exp_high = 89;
  /// Beyond it tanh rounds to 1.
  static constexpr float tanh_one = 9.02F;
  /// (e^r - 1 - r) / r^2 for |r| <= log(2) / 2.
  static constexpr std::array<float, 5> exp{0.5F, 0.166665763F, 0.0416665561F, 0.00836320315F,
                                            0.00139262131F};
  /// (log(1 + f) - 2 s) / s^3 in s^2, s = f / (2 + f), for 1 + f within a factor sqrt(2) of 1.
  static constexpr std::array<float, 4> log{0.666666687F, 0.400001228F, 0.285507798F, 0.233316138F};
  /// e^(x^2 / 2) Phi(-x) / t in t = 1 / (x + normal_shift) for x >= 0.
  static constexpr float normal_shift = 2.5F;
  static constexpr std::array<float, 10> normal{
      0.398938358F, 0.997749031F, 2.07851863F, 3.59029889F,  -2.79179406F,
      29.9827728F,  -230.720032F, 587.798279F, -679.024231F, 309.189423F};
};

template <>
struct Constants<double> {
  static constexpr int mantissa_bits = 52;
  static constexpr std::uint64_t one = 0x3ff0000000000000;
  static constexpr double round = 6755399441055744.0;
  static constexpr double log2_e = 1.4426950408889634;
  static constexpr double ln2_high = 6.93147180369123816490e-01;
  static constexpr double ln2_low = 1.90821492927058770002e-10;
  static constexpr double exp_low = -746;
  static constexpr double exp_high = 710;
  static constexpr double tanh_one = 19.1;
  static constexpr std::array<double, 11> exp{0.5,
                                              0.1666666666666667,
                                              0.04166666666666667,
                                              0.008333333333326112,
                                              0.001388888888888373,
                                              0.0001984126987490126,
                                              2.4801587325605324e-05,
                                              2.7557255297969643e-06,
                                              2.755727357010214e-07,
                                              2.5105259538448494e-08,
                                              2.0914717341716378e-09};
  static constexpr std::array<double, 7> log{
      0.666666666666667,  0.3999999999989889,  0.28571428626253836, 0.22222211089379496,
      0.1818289243253687, 0.15331611722055008, 0.14617807153417325};
  static constexpr double normal_shift = 5;
  static constexpr std::array<double, 22> normal{
      0.3989422804478088, 1.9947113866839428,  9.574617074051023,  43.883429850072076,
      190.70881743451463, 777.2461832598112,   2961.5738398240687, 9284.09916581663,
      46242.46717340439,  -242033.68964352843, 4723150.929792871,  -57300459.615294985,
      566618453.5829786,  -4620837423.584121,  30103054066.383896, -156037163518.14035,
      629325220393.4753,  -1904280465228.5303, 4140524037755.9507, -6092270754036.774,
      5435412453991.85,   -2224938767716.4434};
};

/// x = n log(2) + r with an integer n and |r| <= log(2) / 2; `rounded` is n + Constants::round.
template <class V>
struct Reduced {
  V rounded;
  V n;
  V r;
};

template <class V>
Reduced<V> reduced(const V& x) {
  using C = Constants<Scalar<V>>;
  const V rounded = xsimd::fma(x, V(C::log2_e), V(C::round));
  const V n = rounded - V(C::round);
  const V r = xsimd::fnma(n, V(C::ln2_low), xsimd::fnma(n, V(C::ln2_high), x));
  return {rounded, n, r};
}

/// e^r - 1 for |r| <= log(2) / 2.
template <class V>
V exp_minus_1_near_0(const V& r) {
  return xsimd::fma(r * r, polynomial(r, Constants<Scalar<V>>::exp), r);
}

/// 2^n from n + Constants::round, where it is a normal number.
template <class V>
V power_of_2(const V& rounded) {
  using C = Constants<Scalar<V>>;
  return from_bits<V>((bits(rounded) << C::mantissa_bits) + Bits<V>(C::one));
}

/// y 2^n for y near 1, also where that is subnormal or infinite.
template <class V>
V scaled(const V& y, const Reduced<V>& x) {
#ifdef __AVX512F__
  if constexpr (std::is_same_v<Scalar<V>, float>)
    return _mm512_scalef_ps(y, x.n);
  else
    return _mm512_scalef_pd(y, x.n);
#else
  using C = Constants<Scalar<V>>;
  const V normal = from_bits<V>(bits(y) + (bits(x.rounded) << C::mantissa_bits));
  constexpr Scalar<V> safe = std::numeric_limits<Scalar<V>>::max_exponent - 3;
  if (xsimd::all(xsimd::abs(x.n) <= V(safe))) return normal;
  // In two steps, neither of which leaves the normal numbers before the last multiplication.
  const V half = xsimd::fma(x.n, V(Scalar<V>(0.5)), V(C::round));
  const V other = x.n - (half - V(C::round)) + V(C::round);
  return y * power_of_2(half) * power_of_2(other);
#endif
}

template <class V>
V clamped_exp(const V& x) {
  const Reduced<V> reduction = reduced(x);
  return scaled(V(Scalar<V>(1)) + exp_minus_1_near_0(reduction.r), reduction);
}

/// log(1 + f) for 1 + f within a factor sqrt(2) of 1, as f - s (f - s^2 L(s^2)): rounding in s
/// touches the correction alone (fdlibm, e_log.c).
template <class V>
V log_near_1(const V& f) {
  const V s = f / (V(Scalar<V>(2)) + f);
  const V w = s * s;
  return f - s * (f - w * polynomial(w, Constants<Scalar<V>>::log));
}

}  // namespace detail

// NaN passes through: min and max of SSE give their second operand where one is NaN.

template <class T, class A>
xsimd::batch<T, A> exp(const xsimd::batch<T, A>& x) {
  using V = xsimd::batch<T, A>;
  using C = detail::Constants<T>;
  return detail::clamped_exp(xsimd::max(V(C::exp_low), xsimd::min(V(C::exp_high), x)));
}

/// e^x for x <= 0.
template <class T, class A>
xsimd::batch<T, A> exp_of_negative(const xsimd::batch<T, A>& x) {
  return detail::clamped_exp(xsimd::max(xsimd::batch<T, A>(detail::Constants<T>::exp_low), x));
}

template <class T, class A>
xsimd::batch<T, A> log(const xsimd::batch<T, A>& x) {
  using V = xsimd::batch<T, A>;
  using C = detail::Constants<T>;
  using Bits = detail::Bits<V>;
  constexpr T smallest = std::numeric_limits<T>::min();
  constexpr T infinity = std::numeric_limits<T>::infinity();
  // Subnormal numbers are lifted by 2^mantissa_bits first.
  const auto tiny = x < V(smallest);
  constexpr T lift = T(1) / std::numeric_limits<T>::epsilon();
  const V lifted = xsimd::select(tiny, x * V(lift), x);
  // x = 2^n m, 1 <= m < 2. The exponent becomes a number as the last digits of 2^mantissa_bits.
  const Bits all = detail::bits(lifted);
  const V field = detail::from_bits<V>((all >> C::mantissa_bits) | detail::bits(V(lift)));
  constexpr T bias = std::numeric_limits<T>::max_exponent - 1;
  const V n = field - xsimd::select(tiny, V(lift + bias + T(C::mantissa_bits)), V(lift + bias));
  const Bits mantissa = Bits((typename Bits::value_type(1) << C::mantissa_bits) - 1);
  const V m = detail::from_bits<V>((all & mantissa) | Bits(C::one));
  const auto large = m > V(T(1.4142135623730951));
  const V f = xsimd::select(large, m * V(T(0.5)), m) - V(T(1));
  const V k = xsimd::select(large, n + V(T(1)), n);
  const V near = detail::log_near_1(f);
  const V result = xsimd::fma(k, V(C::ln2_high), xsimd::fma(k, V(C::ln2_low), near));
  const V at_ends = xsimd::select(
      x == V(T(0)), V(-infinity),
      xsimd::select(x < V(T(0)), V(std::numeric_limits<T>::quiet_NaN()), x));  // inf and NaN
  return xsimd::select(x > V(T(0)) && x < V(infinity), result, at_ends);
}

/// log(1 + x) for 0 <= x <= 1.
template <class T, class A>
xsimd::batch<T, A> log1p_of_fraction(const xsimd::batch<T, A>& x) {
  using V = xsimd::batch<T, A>;
  using C = detail::Constants<T>;
  const auto large = x > V(T(0.41421356237309503));
  const V near = detail::log_near_1(xsimd::select(large, (x - V(T(1))) * V(T(0.5)), x));
  return xsimd::select(large, V(C::ln2_high) + (near + V(C::ln2_low)), near);
}

/// (e^2x - 1) / (e^2x + 1) of |x|, with the sign of x.
template <class T, class A>
xsimd::batch<T, A> tanh(const xsimd::batch<T, A>& x) {
  using V = xsimd::batch<T, A>;
  const V size = xsimd::min(V(detail::Constants<T>::tanh_one), xsimd::abs(x));
  const auto reduction = detail::reduced(size + size);
  const V power = detail::power_of_2(reduction.rounded);
  // e^2x - 1 = 2^n (e^r - 1) + (2^n - 1)
  const V numerator = xsimd::fma(power, detail::exp_minus_1_near_0(reduction.r), power - V(T(1)));
  return (numerator / (numerator + V(T(2)))) | xsimd::bitofsign(x);
}

/// 1 / (1 + e^-x), from e^-|x| so that nothing overflows.
template <class T, class A>
xsimd::batch<T, A> sigmoid(const xsimd::batch<T, A>& x) {
  using V = xsimd::batch<T, A>;
  const V e = exp_of_negative(-xsimd::abs(x));
  return xsimd::select(x < V(T(0)), e, V(T(1))) / (V(T(1)) + e);
}

/// log(1 + e^x) = max(x, 0) + log(1 + e^-|x|).
template <class T, class A>
xsimd::batch<T, A> softplus(const xsimd::batch<T, A>& x) {
  using V = xsimd::batch<T, A>;
  return xsimd::max(V(T(0)), x) + log1p_of_fraction(exp_of_negative(-xsimd::abs(x)));
}

/// The standard normal distribution function Phi, and e^(-x^2 / 2).
template <class V>
struct Normal {
  V probability;
  V exponential;
};

template <class T, class A>
Normal<xsimd::batch<T, A>> normal(const xsimd::batch<T, A>& x) {
  using V = xsimd::batch<T, A>;
  using C = detail::Constants<T>;
  // Phi(-40) is 0. The select lets NaN through.
  const V size = xsimd::min(V(T(40)), xsimd::abs(x));
  // x^2 / 2 is high^2 / 2 without rounding, and a rest: the exponential would make the rounding of
  // x^2 as many times larger.
  const V high = xsimd::bitwise_cast<V>(
      detail::bits(size) &
      detail::Bits<V>(
          ~((typename detail::Bits<V>::value_type(1) << (C::mantissa_bits / 2 + 1)) - 1)));
  const V rest = (size - high) * (size + high) * V(T(-0.5));
  const V main = exp_of_negative(high * high * V(T(-0.5)));
  const V e = xsimd::fma(main, detail::exp_minus_1_near_0(rest), main);
  const V t = V(T(1)) / (size + V(C::normal_shift));
  const V tail = e * (t * detail::polynomial(t, C::normal));
  return {.probability = xsimd::select(x < V(T(0)), tail, V(T(1)) - tail), .exponential = e};
}

}  // namespace ravine::math
