#include "ravine/autograd/softmax.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>
#include <vector>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/kernels.hpp"
#include "support/random_tensor.hpp"
#include "support/simd_levels.hpp"
#include "support/throws.hpp"

namespace ravine {
namespace {

using test::throws;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

template <class T>
class SoftmaxOf : public testing::Test {};
using Scalars = testing::Types<float, double>;
TYPED_TEST_SUITE(SoftmaxOf, Scalars);

TYPED_TEST(SoftmaxOf, AgreesWithTheDefinitionAlongEveryAxis) {
  using T = TypeParam;
  Generator generator(1);
  const auto x = test::random_tensor<T>({3, 10, 4}, generator);
  const double allowed = 20 * std::numeric_limits<T>::epsilon();
  for (const std::ptrdiff_t axis : {0, 1, 2}) {
    const auto p = softmax<T>(x, axis).value();
    const auto log_p = log_softmax<T>(x, axis).value();
    const auto along = static_cast<std::size_t>(axis);
    for (std::size_t i = 0; i < 3; ++i)
      for (std::size_t j = 0; j < 10; ++j)
        for (std::size_t k = 0; k < 4; ++k) {
          long double total = 0;
          for (std::size_t e = 0; e < x.shape()[along]; ++e)
            total += std::exp(static_cast<long double>(
                x.at({along == 0 ? e : i, along == 1 ? e : j, along == 2 ? e : k})));
          const long double exact = std::exp(static_cast<long double>(x.at({i, j, k}))) / total;
          ASSERT_NEAR(p.at({i, j, k}), static_cast<double>(exact), allowed);
          ASSERT_NEAR(log_p.at({i, j, k}), static_cast<double>(std::log(exact)), 5 * allowed);
        }
  }
}

TEST(Softmax, NeitherOverflowsNorDividesByZero) {
  const Variable<float> x(Tensor<float>({2, 2}, {1000, 0, -1000, -1000}));
  EXPECT_THAT(softmax(x).value().to_vector(), ElementsAre(1, 0, 0.5F, 0.5F));
  const auto log_p = log_softmax(x).value();
  EXPECT_EQ(log_p[0], 0);
  EXPECT_EQ(log_p[1], -1000);  // where the logarithm of softmax would be that of 0
  EXPECT_NEAR(log_p[2], -std::log(2.0F), std::numeric_limits<float>::epsilon());
}

/// Rows of lengths around those of one vector, of the few that stay together, and of many, from
/// logits near `around`; held against the definition in long double.
template <class T>
void expect_rows(std::size_t rows, std::size_t columns, T around) {
  using L = long double;
  Generator generator(columns);
  const auto noise = test::random_tensor<T>({rows, columns}, generator);
  const auto dy = test::random_tensor<T>({rows, columns}, generator);
  auto x = Tensor<T>::uninitialized({rows, columns});
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = around + 3 * noise[i];

  test::for_each_level([&](auto level) {
    using Level = decltype(level);
    const auto out = [&] { return Tensor<T>::full({rows * columns + 1}, T(7)); };
    Tensor<T> p = out(), log_p = out(), dp = out(), dlog_p = out();
    kernels::softmax<Level>(x.data(), p.data(), rows, columns);
    kernels::log_softmax<Level>(x.data(), log_p.data(), rows, columns);
    kernels::softmax_gradient<Level>(p.data(), dy.data(), dp.data(), rows, columns);
    kernels::log_softmax_gradient<Level>(log_p.data(), dy.data(), dlog_p.data(), rows, columns);
    for (const auto* result : {&p, &log_p, &dp, &dlog_p})
      ASSERT_EQ((*result)[rows * columns], T(7)) << "written beyond the end";

    const L epsilon = std::numeric_limits<T>::epsilon();
    // Roundings of a sum, in no more lanes than two, mostly cancel.
    const L of_sum = std::sqrt(static_cast<L>(columns)) / 4;
    for (std::size_t r = 0; r < rows; ++r) {
      const std::size_t begin = r * columns;
      L max = x[begin];
      for (std::size_t c = 0; c < columns; ++c) max = std::max(max, L(x[begin + c]));
      L total = 0, sum_dy = 0, sum_p_dy = 0, size_dy = 0;
      for (std::size_t c = 0; c < columns; ++c) total += std::exp(x[begin + c] - max);
      for (std::size_t i = begin; i < begin + columns; ++i) {
        sum_dy += dy[i];
        size_dy += std::abs(dy[i]);
        sum_p_dy += std::exp(x[i] - max) / total * dy[i];
      }
      for (std::size_t i = begin; i < begin + columns; ++i) {
        const L exact = std::exp(x[i] - max) / total;
        const L exact_log = x[i] - max - std::log(total);
        const auto context = [&] {
          return testing::Message()
                 << Level::name << ", " << rows << " x " << columns << " at " << i;
        };
        // The error of the difference to the maximum becomes a relative one of the exponential.
        ASSERT_LE(std::abs(p[i] - exact), (8 + of_sum + std::abs(exact_log)) * epsilon * exact)
            << context();
        ASSERT_LE(std::abs(log_p[i] - exact_log), epsilon * (3 * std::abs(exact_log) + 3 + of_sum))
            << context();
        const L allowed = 8 * epsilon * (std::abs(dy[i]) + size_dy);
        ASSERT_LE(std::abs(dp[i] - (exact * (dy[i] - sum_p_dy))), allowed) << context();
        ASSERT_LE(std::abs(dlog_p[i] - (dy[i] - exact * sum_dy)), allowed) << context();
      }
    }
  });
}

TYPED_TEST(SoftmaxOf, RowsOfAnyLengthAgreeWithTheDefinitionAtEveryLevel) {
  for (const std::size_t columns :
       {1, 2, 3, 4, 5, 7, 8, 9, 10, 15, 16, 17, 31, 32, 33, 63, 64, 65, 70, 129, 1000, 5000})
    for (const std::size_t rows : {1, 3, 65}) expect_rows<TypeParam>(rows, columns, 0);
  expect_rows<TypeParam>(0, 10, 0);
}

TYPED_TEST(SoftmaxOf, LargeLogitsCostNoDigits) {
  for (const std::size_t columns : {2, 10, 40, 1000})
    for (const double around : {1000., -1000., 1e6})
      expect_rows<TypeParam>(5, columns, static_cast<TypeParam>(around));
}

TEST(Softmax, OfARowWithANaNIsNaN) {
  const Variable<double> x(Tensor<double>({2, 2}, {1, std::nan(""), 0, 0}));
  const auto p = softmax(x).value();
  EXPECT_TRUE(std::isnan(p[0]));
  EXPECT_TRUE(std::isnan(p[1]));
  EXPECT_EQ(p[2], 0.5);
}

TEST(Softmax, ErrorsNameOperationAxisAndShape) {
  const Variable<float> x(Tensor<float>::zeros({2, 3}));
  EXPECT_TRUE(throws<ShapeError>([&] { softmax(x, 2); },
                                 AllOf(HasSubstr("softmax: axis 2"), HasSubstr("[2, 3]"))));
  EXPECT_TRUE(throws<ShapeError>([&] { log_softmax(x, -3); },
                                 AllOf(HasSubstr("log_softmax: axis -3"), HasSubstr("[2, 3]"))));
  EXPECT_TRUE(throws<ShapeError>(
      [] {
        softmax<float>(Tensor<float>::zeros({2, 0}));
      },
      AllOf(HasSubstr("softmax"), HasSubstr("[2, 0]"))));
  EXPECT_TRUE(throws<ShapeError>([] { softmax<float>(1); }, HasSubstr("[]")));
}

}  // namespace
}  // namespace ravine
