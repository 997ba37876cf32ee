// The error of the vectorised functions, in units in the last place, at every instruction set. The
// bounds are those that elementwise.hpp states.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <type_traits>
#include <vector>

#include "ravine/autograd/elementwise_kernels.hpp"
#include "ravine/autograd/unary_formulas.hpp"
#include "ravine/tensor/simd.hpp"
#include "support/simd_levels.hpp"
#include "support/ulps.hpp"

namespace ravine {
namespace {

using test::ulps;

/// glibc's functions in the next wider type: right to 1e-9 and 1e-3 units in the last place.
template <class T>
using Wider = std::conditional_t<std::is_same_v<T, float>, double, long double>;

template <class T>
struct Bounds {
  double exp, log, tanh, sigmoid, softplus, gelu;
};
constexpr Bounds<float> float_bounds{1.1, 1.0, 2.4, 2.4, 1.9, 6.5};
constexpr Bounds<double> double_bounds{1.1, 1.3, 2.6, 2.2, 2.3, 10};
template <class T>
constexpr auto bounds = [] {
  if constexpr (std::is_same_v<T, float>)
    return float_bounds;
  else
    return double_bounds;
}();

template <class T>
T bits_as_number(std::uint64_t bits) {
  if constexpr (std::is_same_v<T, float>)
    return std::bit_cast<float>(static_cast<std::uint32_t>(bits));
  else
    return std::bit_cast<double>(bits);
}

/// All signs and exponents, subnormal ones, infinities and NaNs; and densely where the functions
/// bend.
template <class T>
std::vector<T> inputs() {
  using Limits = std::numeric_limits<T>;
  std::vector<T> x{T(0),
                   T(-0.0),
                   Limits::min(),
                   -Limits::min(),
                   Limits::denorm_min(),
                   -Limits::denorm_min(),
                   Limits::max(),
                   Limits::lowest(),
                   Limits::infinity(),
                   -Limits::infinity(),
                   Limits::quiet_NaN()};
  std::mt19937_64 random(1);
  const T end = std::is_same_v<T, float> ? T(106) : T(750);
  std::uniform_real_distribution<T> everywhere(-end, end), middle(-20, 20), near_0(-2, 2);
  for (int i = 0; i < 20'000; ++i) {
    x.push_back(bits_as_number<T>(random()));
    x.push_back(everywhere(random));
    x.push_back(middle(random));
    x.push_back(near_0(random));
    x.push_back(1 + near_0(random) / 4);
  }
  return x;
}

/// `counts(x)` says whether the bound is for x, too.
template <class Formula, class T, class Exact, class Counts>
void expect_within(double bound, const std::vector<T>& x, Exact exact, Counts counts) {
  std::vector<Wider<T>> expected(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) expected[i] = exact(static_cast<Wider<T>>(x[i]));
  test::for_each_level([&](auto level) {
    using Level = decltype(level);
    std::vector<T> y(x.size());
    kernels::unary<Level, T>(kernels::index_in<Formula, formulas::Unary>)
        .y(x.data(), y.data(), x.size());
    double worst = 0;
    T worst_at = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      if (!counts(static_cast<Wider<T>>(x[i]))) continue;
      const double error = ulps(y[i], expected[i]);
      if (!(error <= worst)) {
        worst = error;
        worst_at = x[i];
      }
    }
    EXPECT_LE(worst, bound) << Formula::name << " at " << worst_at << ", level " << Level::name;
  });
}

template <class T>
class VectorMathOf : public testing::Test {};
using Scalars = testing::Types<float, double>;
TYPED_TEST_SUITE(VectorMathOf, Scalars);

constexpr auto everywhere = [](auto) { return true; };

TYPED_TEST(VectorMathOf, ErrorsAreWithinTheStatedUlps) {
  using T = TypeParam;
  using W = Wider<T>;
  using namespace formulas;
  const std::vector<T> x = inputs<T>();
  const auto& bound = bounds<T>;
  expect_within<Exp>(
      bound.exp, x, [](W v) { return std::exp(v); }, everywhere);
  expect_within<Log>(
      bound.log, x, [](W v) { return std::log(v); }, everywhere);
  expect_within<Tanh>(
      bound.tanh, x, [](W v) { return std::tanh(v); }, everywhere);
  expect_within<Sigmoid>(
      bound.sigmoid, x,
      [](W v) { return v < 0 ? std::exp(v) / (1 + std::exp(v)) : 1 / (1 + std::exp(-v)); },
      everywhere);
  expect_within<Softplus>(
      bound.softplus, x,
      [](W v) {
        return std::isnan(v) ? v : std::max(v, W(0)) + std::log1p(std::exp(-std::abs(v)));
      },
      everywhere);
  // Where Phi(x) is a normal number; below, it has fewer digits.
  const W low = std::is_same_v<T, float> ? -12.9 : -37.5;
  const W root = std::sqrt(W(2));
  expect_within<Gelu>(
      bound.gelu, x, [root](W v) { return v / 2 * std::erfc(-v / root); },
      [low](W v) { return std::isnan(v) || v > low; });
}

TYPED_TEST(VectorMathOf, TheSignOfZeroStays) {
  using T = TypeParam;
  test::for_each_level([&](auto level) {
    using Level = decltype(level);
    const T x = T(-0.0);
    T y = 1;
    const auto index = kernels::index_in<formulas::Tanh, formulas::Unary>;
    kernels::unary<Level, T>(index).y(&x, &y, 1);
    EXPECT_EQ(y, 0);
    EXPECT_TRUE(std::signbit(y)) << Level::name;
  });
}

TYPED_TEST(VectorMathOf, AValueDoesNotDependOnItsPlace) {
  using T = TypeParam;
  std::vector<T> x(37);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = T(0.37) * static_cast<T>(i) - T(6);
  test::for_each_level([&](auto level) {
    using Level = decltype(level);
    [&]<class... Formulas>(std::type_identity<std::tuple<Formulas...>>) {
      const auto same = [&]<class Formula>(std::type_identity<Formula>) {
        const auto& kernel = kernels::unary<Level, T>(kernels::index_in<Formula, formulas::Unary>);
        std::vector<T> together(x.size());
        kernel.y(x.data(), together.data(), x.size());
        for (std::size_t i = 0; i < x.size(); ++i) {
          T alone = 0;
          kernel.y(x.data() + i, &alone, 1);
          EXPECT_EQ(std::isnan(alone), std::isnan(together[i]));
          if (!std::isnan(alone)) {
            EXPECT_EQ(alone, together[i]) << Formula::name << ' ' << Level::name;
          }
        }
      };
      (same(std::type_identity<Formulas>()), ...);
    }(std::type_identity<formulas::Unary>());
  });
}

}  // namespace
}  // namespace ravine
