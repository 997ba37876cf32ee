#include "ravine/autograd/elementwise.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "ravine/autograd/binary_formulas.hpp"
#include "ravine/autograd/elementwise_kernels.hpp"
#include "ravine/autograd/unary_formulas.hpp"
#include "ravine/tensor/error.hpp"
#include "support/random_tensor.hpp"
#include "support/simd_levels.hpp"
#include "support/throws.hpp"
#include "support/ulps.hpp"

// Values of the elementwise operations: against the standard library in long double, at every
// instruction set this processor has.

namespace ravine {
namespace {

using test::throws;
using test::ulps;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

template <class T>
class ElementwiseOf : public testing::Test {};
using Scalars = testing::Types<float, double>;
TYPED_TEST_SUITE(ElementwiseOf, Scalars);

template <class T>
constexpr T nan = std::numeric_limits<T>::quiet_NaN();
template <class T>
constexpr T inf = std::numeric_limits<T>::infinity();

struct UnaryCase {
  double low;
  double high;
  double allowed_ulps;
  long double (*exact)(long double x);
};

template <class T>
UnaryCase unary_case(formulas::Neg) {
  return {-100, 100, 0, [](long double x) { return -x; }};
}
template <class T>
UnaryCase unary_case(formulas::Exp) {
  return {-80, 80, 2, [](long double x) { return std::exp(x); }};
}
template <class T>
UnaryCase unary_case(formulas::Log) {
  return {1e-6, 1000, 2, [](long double x) { return std::log(x); }};
}
template <class T>
UnaryCase unary_case(formulas::Sqrt) {
  return {0, 1000, 0.51, [](long double x) { return std::sqrt(x); }};
}
template <class T>
UnaryCase unary_case(formulas::Abs) {
  return {-100, 100, 0, [](long double x) { return std::abs(x); }};
}
template <class T>
UnaryCase unary_case(formulas::Sin) {
  return {-100, 100, 2.1, [](long double x) { return std::sin(x); }};
}
template <class T>
UnaryCase unary_case(formulas::Cos) {
  return {-100, 100, 2.1, [](long double x) { return std::cos(x); }};
}
template <class T>
UnaryCase unary_case(formulas::Tanh) {
  return {-20, 20, 4, [](long double x) { return std::tanh(x); }};
}
template <class T>
UnaryCase unary_case(formulas::Sigmoid) {
  return {-40, 40, 4, [](long double x) { return 1 / (1 + std::exp(-x)); }};
}
template <class T>
UnaryCase unary_case(formulas::Relu) {
  return {-100, 100, 0, [](long double x) { return std::max(x, 0.0L); }};
}
template <class T>
UnaryCase unary_case(formulas::Gelu) {
  return {-10, 10, std::is_same_v<T, float> ? 6.5 : 10.0,
          [](long double x) { return x / 2 * std::erfc(-x / std::sqrt(2.0L)); }};
}
template <class T>
UnaryCase unary_case(formulas::Softplus) {
  return {-40, 40, 4,
          [](long double x) { return std::max(x, 0.0L) + std::log1p(std::exp(-std::abs(x))); }};
}

template <class T, class Formula>
void expect_unary_values() {
  const UnaryCase expected = unary_case<T>(Formula());
  Generator generator(1);
  test::for_each_level([&](auto level) {
    using Level = decltype(level);
    const auto& kernel = kernels::unary<Level, T>(kernels::index_in<Formula, formulas::Unary>);
    double worst = 0;
    T worst_at = 0;
    // Lengths around those of a vector, and addresses that are no vector's boundary.
    for (const std::size_t n : {0, 1, 3, 7, 8, 9, 16, 31, 20'001})
      for (const std::size_t offset : {0, 1}) {
        auto x = Tensor<T>::uninitialized({n + offset});
        fill_uniform(x, expected.low, expected.high, generator);
        auto y = Tensor<T>::full({n + 2}, T(7));
        kernel.y(x.data() + offset, y.data() + 1, n);
        ASSERT_EQ(y[0], T(7));
        ASSERT_EQ(y[n + 1], T(7));
        for (std::size_t i = 0; i < n; ++i) {
          const T input = x[offset + i];
          const double error = ulps(y[i + 1], expected.exact(input));
          if (!(error <= worst)) {
            worst = error;
            worst_at = input;
          }
        }
      }
    EXPECT_LE(worst, expected.allowed_ulps)
        << Formula::name << " at " << worst_at << ", level " << Level::name;
  });
}

TYPED_TEST(ElementwiseOf, UnaryValuesAreAccurateToAFewUlps) {
  []<class... Formulas>(std::type_identity<std::tuple<Formulas...>>) {
    (expect_unary_values<TypeParam, Formulas>(), ...);
  }(std::type_identity<formulas::Unary>());
}

struct BinaryCase {
  double allowed_ulps;
  long double (*exact)(long double a, long double b);
  double low = -10;
  double high = 10;
  long double (*further_ulps)(long double a, long double b) = [](long double, long double) {
    return 0.0L;
  };
};

BinaryCase binary_case(formulas::Add) {
  return {0.51, [](long double a, long double b) { return a + b; }};
}
BinaryCase binary_case(formulas::Subtract) {
  return {0.51, [](long double a, long double b) { return a - b; }};
}
BinaryCase binary_case(formulas::Multiply) {
  return {0.51, [](long double a, long double b) { return a * b; }};
}
BinaryCase binary_case(formulas::Divide) {
  return {0.51, [](long double a, long double b) { return a / b; }};
}
BinaryCase binary_case(formulas::Pow) {
  return {2, [](long double a, long double b) { return std::pow(a, b); }, 0.05, 10,
          // exp(b log a) makes relative errors of log a and of the product absolute ones of the
          // exponent, |b log a| times as large.
          [](long double a, long double b) { return 2 * std::abs(b * std::log(a)); }};
}
BinaryCase binary_case(formulas::Maximum) {
  return {0, [](long double a, long double b) { return std::max(a, b); }};
}
BinaryCase binary_case(formulas::Minimum) {
  return {0, [](long double a, long double b) { return std::min(a, b); }};
}
BinaryCase binary_case(formulas::LeakyRelu) {
  return {0.51, [](long double a, long double b) { return a < 0 ? a * b : a; }};
}

/// The position in an operand that NumPy's rule stretches to the result's element `position`.
std::size_t stretched_position(std::size_t position, const Shape& result, const Shape& operand) {
  std::size_t at = 0;
  std::size_t step = 1;
  for (std::size_t axis = 0; axis < operand.rank(); ++axis) {
    const std::size_t extent = result[result.rank() - 1 - axis];
    const std::size_t own = operand[operand.rank() - 1 - axis];
    at += own == 1 ? 0 : position % extent * step;
    position /= extent;
    step *= own;
  }
  return at;
}

template <class T, class Formula>
void expect_binary_values() {
  const BinaryCase expected = binary_case(Formula());
  const std::vector<std::pair<Shape, Shape>> pairs{{{}, {}},
                                                   {{501}, {501}},
                                                   {{501}, {}},
                                                   {{}, {33}},
                                                   {{5, 7}, {7}},
                                                   {{5, 7}, {5, 1}},
                                                   {{1, 7}, {5, 1}},
                                                   {{0, 3}, {3}},
                                                   {{2, 1, 3}, {4, 1}},
                                                   {{1}, {9}},
                                                   {{3, 1, 5, 1}, {2, 1, 17}}};
  Generator generator(2);
  test::for_each_level([&](auto level) {
    using Level = decltype(level);
    const auto& kernel = kernels::binary<Level, T>(kernels::index_in<Formula, formulas::Binary>);
    for (const auto& [a_shape, b_shape] : pairs) {
      const Shape shape = broadcast(a_shape, b_shape, Formula::name);
      auto a = Tensor<T>::uninitialized(a_shape);
      auto b = Tensor<T>::uninitialized(b_shape);
      fill_uniform(a, expected.low, expected.high, generator);
      fill_uniform(b, expected.low, expected.high, generator);
      auto y = Tensor<T>::full({shape.size() + 1}, T(7));
      kernel.y(RowPlan(a_shape, b_shape, shape), a.data(), b.data(), y.data());
      ASSERT_EQ(y[shape.size()], T(7));
      for (std::size_t i = 0; i < shape.size(); ++i) {
        const T x1 = a[stretched_position(i, shape, a_shape)];
        const T x2 = b[stretched_position(i, shape, b_shape)];
        ASSERT_LE(ulps(y[i], expected.exact(x1, x2)),
                  expected.allowed_ulps + static_cast<double>(expected.further_ulps(x1, x2)))
            << Formula::name << " of " << x1 << ", " << x2 << ", level " << Level::name;
      }
    }
  });
}

TYPED_TEST(ElementwiseOf, BinaryValuesAgreeWithALoopWhateverIsStretched) {
  []<class... Formulas>(std::type_identity<std::tuple<Formulas...>>) {
    (expect_binary_values<TypeParam, Formulas>(), ...);
  }(std::type_identity<formulas::Binary>());
}

/// y[i] at each level, the input repeated so that it is met in vectors and in the rest.
template <class T, class Formula>
void expect_at(T x, T expected, double allowed_ulps = 0) {
  test::for_each_level([&](auto level) {
    using Level = decltype(level);
    const auto& kernel = kernels::unary<Level, T>(kernels::index_in<Formula, formulas::Unary>);
    const auto input = Tensor<T>::full({19}, x);
    auto y = Tensor<T>::zeros({19});
    kernel.y(input.data(), y.data(), 19);
    for (const T value : y.values())
      ASSERT_LE(ulps(value, expected), allowed_ulps)
          << Formula::name << '(' << x << ") is " << value << ", level " << Level::name;
  });
}

template <class T, class Formula>
void expect_at(T a, T b, T expected, double allowed_ulps) {
  test::for_each_level([&](auto level) {
    using Level = decltype(level);
    const auto& kernel = kernels::binary<Level, T>(kernels::index_in<Formula, formulas::Binary>);
    const auto left = Tensor<T>::full({19}, a);
    const auto right = Tensor<T>::full({19}, b);
    for (const Shape& second : {Shape{19}, Shape{1}}) {
      auto y = Tensor<T>::zeros({19});
      kernel.y(RowPlan({19}, second, {19}), left.data(), right.data(), y.data());
      for (const T value : y.values())
        ASSERT_LE(ulps(value, expected), allowed_ulps)
            << Formula::name << '(' << a << ", " << b << ") is " << value << ", level "
            << Level::name;
    }
  });
}

TYPED_TEST(ElementwiseOf, NaNStaysNaN) {
  using T = TypeParam;
  []<class... Formulas>(std::type_identity<std::tuple<Formulas...>>) {
    (expect_at<T, Formulas>(nan<T>, nan<T>), ...);
  }(std::type_identity<formulas::Unary>());
  []<class... Formulas>(std::type_identity<std::tuple<Formulas...>>) {
    (expect_at<T, Formulas>(nan<T>, T(2), nan<T>, 0), ...);
  }(std::type_identity<formulas::Binary>());
  using namespace formulas;
  expect_at<T, Maximum>(T(2), nan<T>, nan<T>, 0);
  expect_at<T, Minimum>(T(2), nan<T>, nan<T>, 0);
  expect_at<T, Pow>(T(2), nan<T>, nan<T>, 0);
}

TYPED_TEST(ElementwiseOf, ExpAndLogAtTheirEnds) {
  using T = TypeParam;
  using namespace formulas;
  expect_at<T, Exp>(T(1000), inf<T>);
  expect_at<T, Exp>(T(-1000), T(0));
  expect_at<T, Exp>(inf<T>, inf<T>);
  expect_at<T, Exp>(-inf<T>, T(0));
  expect_at<T, Exp>(T(0), T(1));
  expect_at<T, Log>(T(1), T(0));
  expect_at<T, Log>(T(0), -inf<T>);
  expect_at<T, Log>(T(-1), nan<T>);
  expect_at<T, Log>(inf<T>, inf<T>);
  expect_at<T, Sqrt>(T(-1), nan<T>);
  expect_at<T, Sqrt>(inf<T>, inf<T>);
}

TYPED_TEST(ElementwiseOf, SaturatingFunctionsNeitherOverflowNorLoseTheirLimits) {
  using T = TypeParam;
  using namespace formulas;
  for (const T large : {T(1000), T(1e30), inf<T>}) {
    expect_at<T, Sigmoid>(large, T(1));
    expect_at<T, Sigmoid>(-large, T(0));
    expect_at<T, Tanh>(large, T(1));
    expect_at<T, Tanh>(-large, T(-1));
    expect_at<T, Softplus>(large, large);
    expect_at<T, Softplus>(-large, T(0));
    expect_at<T, Relu>(large, large);
    expect_at<T, Relu>(-large, T(0));
    expect_at<T, Gelu>(large, large);
  }
  expect_at<T, Gelu>(T(-1000), T(0));
  expect_at<T, Softplus>(T(0), static_cast<T>(std::log(2.0L)), 1);
  // A log(1 + e^-30) would have rounded to 0 in float, and lost digits in double.
  expect_at<T, Softplus>(T(-30), static_cast<T>(std::log1p(std::exp(-30.0L))), 4);
}

TYPED_TEST(ElementwiseOf, TinyArgumentsKeepTheirDigits) {
  using T = TypeParam;
  using namespace formulas;
  const T tiny = T(1e-20);
  expect_at<T, Tanh>(tiny, tiny);
  expect_at<T, Sin>(tiny, tiny);
  expect_at<T, Gelu>(tiny, tiny / 2, 4);
}

TYPED_TEST(ElementwiseOf, PowAtItsCorners) {
  using T = TypeParam;
  using formulas::Pow;
  expect_at<T, Pow>(T(0), T(0), T(1), 0);
  expect_at<T, Pow>(T(-2), T(0), T(1), 0);
  expect_at<T, Pow>(T(-2), T(3), T(-8), 2);
  expect_at<T, Pow>(T(-2), T(2), T(4), 2);
  expect_at<T, Pow>(T(-2), T(-1), T(-0.5), 2);
  expect_at<T, Pow>(T(-2), T(0.5), nan<T>, 0);
  expect_at<T, Pow>(T(0), T(2), T(0), 0);
  expect_at<T, Pow>(T(0), T(-1), inf<T>, 0);
  // 2 + 2 |b log a| units.
  expect_at<T, Pow>(T(10), T(10), T(1e10), 48);
  expect_at<T, Pow>(T(1.5), T(60), static_cast<T>(std::pow(1.5L, 60.0L)), 50);
}

TEST(Pow, GradientIsFiniteWhereTheLimitIs) {
  // d/da a^b is b a^(b-1): 0 at a = b = 0 (the function is the constant 1), 0 at a = 0, b = 2.
  const auto gradient = [](double a, double b) {
    const auto x = parameter(Tensor<double>::scalar(a));
    pow(x, b).backward();
    return x.grad().item();
  };
  EXPECT_EQ(gradient(0, 2), 0);
  EXPECT_EQ(gradient(0, 1), 1);
  EXPECT_EQ(gradient(0, 0), 0);
  EXPECT_EQ(gradient(-3, 2), -6);
  EXPECT_NEAR(gradient(-2, 3), 12, 1e-13);
}

TEST(Kinks, HaveTheDocumentedGradients) {
  const auto gradient = [](const auto& function, double at) {
    const auto x = parameter(Tensor<double>::scalar(at));
    function(x).backward();
    return x.grad().item();
  };
  using V = Variable<double>;
  EXPECT_EQ(gradient([](const V& x) { return abs(x); }, 0), 0);
  EXPECT_EQ(gradient([](const V& x) { return relu(x); }, 0), 0);
  EXPECT_EQ(gradient([](const V& x) { return maximum(x, 1); }, 1), 0.5);
  EXPECT_EQ(gradient([](const V& x) { return minimum(x, 1); }, 1), 0.5);
  EXPECT_EQ(gradient([](const V& x) { return maximum(x, x); }, 1), 1);
  EXPECT_EQ(gradient([](const V& x) { return leaky_relu(x); }, 2), 1);
  EXPECT_EQ(gradient([](const V& x) { return leaky_relu(x); }, -2), 0.01);
}

TEST(Operators, TakeVariablesTensorsAndNumbersOnEitherSide) {
  const Variable<float> x(Tensor<float>({2}, {1, 2}));
  const Tensor<float> t({2}, {10, 20});
  EXPECT_THAT((2 * x + t).value().to_vector(), ElementsAre(12, 24));
  EXPECT_THAT((t - x).value().to_vector(), ElementsAre(9, 18));
  EXPECT_THAT((1 / x).value().to_vector(), ElementsAre(1, 0.5F));
  EXPECT_THAT((-x).value().to_vector(), ElementsAre(-1, -2));
  EXPECT_THAT(pow(x, 2).value().to_vector(), ElementsAre(1, 4));
  EXPECT_THAT(maximum(x, 1.5).value().to_vector(), ElementsAre(1.5F, 2));
}

TEST(Operators, ErrorsNameTheOperationAndBothShapes) {
  const Variable<float> a(Tensor<float>::zeros({2, 3}));
  const Variable<float> b(Tensor<float>::zeros({2}));
  const auto shapes = AllOf(HasSubstr("[2, 3]"), HasSubstr("[2]"));
  EXPECT_TRUE(throws<ShapeError>([&] { a + b; }, AllOf(HasSubstr("add"), shapes)));
  EXPECT_TRUE(throws<ShapeError>([&] { a - b; }, AllOf(HasSubstr("subtract"), shapes)));
  EXPECT_TRUE(throws<ShapeError>([&] { a* b; }, AllOf(HasSubstr("multiply"), shapes)));
  EXPECT_TRUE(throws<ShapeError>([&] { a / b; }, AllOf(HasSubstr("divide"), shapes)));
  EXPECT_TRUE(throws<ShapeError>([&] { pow(a, b); }, AllOf(HasSubstr("pow"), shapes)));
  EXPECT_TRUE(throws<ShapeError>([&] { maximum(a, b); }, AllOf(HasSubstr("maximum"), shapes)));
}

}  // namespace
}  // namespace ravine
