#include "ravine/autograd/softmax.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "ravine/tensor/error.hpp"
#include "support/random_tensor.hpp"
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
  // To the rounding of numbers as large as the input.
  EXPECT_NEAR(log_p[2], -std::log(2.0F), 1000 * std::numeric_limits<float>::epsilon());
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
