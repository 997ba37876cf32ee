#include "ravine/autograd/linear.hpp"

#include <gmock/gmock.h>

#include <limits>

#include "ravine/autograd/elementwise.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"
#include "support/random_tensor.hpp"
#include "support/throws.hpp"

namespace ravine {
namespace {

using test::random_tensor;
using test::throws;
using testing::AllOf;
using testing::HasSubstr;

template <class T>
class LinearOf : public testing::Test {};
using Scalars = testing::Types<float, double>;
TYPED_TEST_SUITE(LinearOf, Scalars);

TYPED_TEST(LinearOf, IsTheProductPlusBiasActivated) {
  using T = TypeParam;
  Generator generator(1);
  for (const std::size_t out : {1, 7, 16, 33}) {
    const auto x = random_tensor<T>({2, 3, 5}, generator);
    const auto w = random_tensor<T>({out, 5}, generator);
    const auto b = random_tensor<T>({out}, generator);
    auto z = Tensor<T>::uninitialized({2, 3, out});
    for (std::size_t r = 0; r < 6; ++r)
      for (std::size_t o = 0; o < out; ++o) {
        double total = b[o];
        for (std::size_t i = 0; i < 5; ++i)
          total += static_cast<double>(x[r * 5 + i]) * w[o * 5 + i];
        z[r * out + o] = static_cast<T>(total);
      }
    for (const std::string& name : activation_names()) {
      const Activation activation = activation_named(name);
      const auto y = linear<T>(x, w, b, activation).value();
      const auto expected = activate<T>(z, activation).value();
      ASSERT_EQ(y.shape(), z.shape());
      for (std::size_t i = 0; i < y.size(); ++i)
        ASSERT_NEAR(y[i], expected[i], 30 * std::numeric_limits<T>::epsilon()) << name;
    }
  }
}

TEST(Linear, ErrorsNameAllShapes) {
  const auto zeros = [](const Shape& shape) {
    return Variable<float>(Tensor<float>::zeros(shape));
  };
  const auto expect_refused = [&](const Shape& x, const Shape& w, const Shape& b) {
    EXPECT_TRUE(throws<ShapeError>([&] { linear(zeros(x), zeros(w), zeros(b)); },
                                   AllOf(HasSubstr("linear"), HasSubstr(text("x ", x)),
                                         HasSubstr(text("weight ", w)), HasSubstr(text(b)))));
  };
  expect_refused({2, 3}, {5, 4}, {5});
  expect_refused({2, 4}, {5, 4}, {4});
  expect_refused({2, 4}, {5, 4}, {5, 1});
  expect_refused({2, 4}, {4}, {4});
  expect_refused({}, {5, 4}, {5});
}

TEST(Matmul, OfVariablesNamesBothShapes) {
  const Variable<float> a(Tensor<float>::zeros({2, 3}));
  EXPECT_TRUE(throws<ShapeError>([&] { matmul(a, a); },
                                 AllOf(HasSubstr("matmul"), HasSubstr("[2, 3] and [2, 3]"))));
}

TEST(Activation, GoesByItsName) {
  for (const std::string& name : activation_names())
    EXPECT_EQ(name_of(activation_named(name)), name);
  EXPECT_TRUE(throws<UnknownName>([] { activation_named("rleu"); },
                                  AllOf(HasSubstr("'rleu'"), HasSubstr("did you mean 'relu'"))));
}

}  // namespace
}  // namespace ravine
