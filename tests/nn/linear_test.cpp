#include "ravine/nn/linear.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "nn/support.hpp"
#include "support/gradient_check.hpp"

namespace ravine::nn {
namespace {

TEST(Linear, HasAWeightAndABias) {
  Linear<float> layer(64, 32);
  EXPECT_EQ(layer.weight.shape(), (Shape{32, 64}));
  EXPECT_EQ(layer.bias.shape(), (Shape{32}));
  EXPECT_EQ(layer.parameter_count(), 64U * 32 + 32);
  const auto parameters = layer.parameters();
  ASSERT_EQ(parameters.size(), 2U);
  EXPECT_EQ(parameters[0]->name, "weight");
  EXPECT_EQ(parameters[1]->name, "bias");
}

/// Uniform in (-b, b): mean 0, variance b^2 / 3, fourth moment b^4 / 5.
void expect_uniform(std::span<const double> values, double bound) {
  const auto n = static_cast<double>(values.size());
  double mean = 0;
  double square = 0;
  for (const double x : values) {
    EXPECT_LT(std::abs(x), bound);
    mean += x / n;
    square += x * x / n;
  }
  const double variance = bound * bound / 3;
  const double variance_of_square = std::pow(bound, 4) * (1. / 5 - 1. / 9);
  EXPECT_LT(std::abs(mean), 4 * std::sqrt(variance / n));
  EXPECT_LT(std::abs(square - variance), 4 * std::sqrt(variance_of_square / n));
  EXPECT_GT(*std::ranges::max_element(values), bound * (1 - 20 / n));
  EXPECT_LT(*std::ranges::min_element(values), -bound * (1 - 20 / n));
}

TEST(Linear, StartsUniformWithinOneOverTheRootOfItsInputs) {
  Generator generator(1);
  const Linear<double> layer(25, 4000, generator);
  expect_uniform(layer.weight.value().values(), 1. / 5);
  expect_uniform(layer.bias.value().values(), 1. / 5);
}

TEST(Linear, StartsFromItsGeneratorAlone) {
  Generator one(7);
  Generator same(7);
  Generator other(8);
  const auto start = [](Generator& generator) {
    return Linear<float>(3, 4, generator).weight.value().to_vector();
  };
  const std::vector<float> first = start(one);
  EXPECT_EQ(first, start(same));
  EXPECT_NE(first, start(other));
  EXPECT_NE(first, start(one));
  manual_seed(5);
  const auto by_default = Linear<float>(3, 4).weight.value().to_vector();
  manual_seed(5);
  EXPECT_EQ(by_default, Linear<float>(3, 4).weight.value().to_vector());
}

/// y_rj = sum_i x_ri w_ji + b_j, an element at a time.
template <class T>
void expect_products(const Shape& x_shape, Linear<T>& layer, double tolerance) {
  Generator generator(2);
  Tensor<T> x = Tensor<T>::uninitialized(x_shape);
  fill_normal(x, 0, 1, generator);
  const std::size_t in = layer.weight.shape()[1];
  const std::size_t out = layer.weight.shape()[0];
  const Tensor<T> y = layer(x).value();
  ASSERT_EQ(y.shape(), x_shape.with(x_shape.rank() - 1, out));
  for (std::size_t r = 0; r < x.size() / in; ++r)
    for (std::size_t j = 0; j < out; ++j) {
      double expected = layer.bias.value()[j];
      for (std::size_t i = 0; i < in; ++i)
        expected += static_cast<double>(x[r * in + i]) * layer.weight.value()[j * in + i];
      EXPECT_NEAR(y[r * out + j], expected, tolerance);
    }
}

TEST(Linear, MultipliesAndAdds) {
  Linear<double> layer(5, 3);
  expect_products({7, 5}, layer, 1e-14);
  expect_products({2, 4, 5}, layer, 1e-14);
  expect_products({5}, layer, 1e-14);
  Linear<float> single(64, 10);
  expect_products({9, 64}, single, 1e-5);
}

TEST(Linear, Gradients) {
  Linear<double> layer(4, 3);
  EXPECT_TRUE(test::gradients_agree(
      "Linear",
      [&](const test::Variables& v) {
        layer.weight = v[1];
        layer.bias = v[2];
        return layer(v[0]);
      },
      test::draw_inputs({{5, 4}, {3, 4}, {3}}, {{}})));
}

TEST(Linear, RefusesWhatDoesNotFit) {
  Linear<float> layer(4, 3);
  const std::string wrong = testing::message<ShapeError>([&] {
    layer(Tensor<float>::zeros({2, 5}));
  });
  EXPECT_NE(wrong.find("[2, 5]"), std::string::npos) << wrong;
  EXPECT_NE(wrong.find("[3, 4]"), std::string::npos) << wrong;
  EXPECT_EQ(testing::message<InputError>([] { Linear<float>(0, 3); }),
            "Linear: at least one input and one output are needed, 0 and 3 were given");
  EXPECT_EQ(testing::message<InputError>([] { Linear<float>(2, 0); }),
            "Linear: at least one input and one output are needed, 2 and 0 were given");
}

}  // namespace
}  // namespace ravine::nn
