#include "ravine/lab/hessian_product.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "ravine/tensor/error.hpp"
#include "support/random_tensor.hpp"
#include "support/throws.hpp"

namespace ravine::lab {
namespace {

FullBatch some_batch(data::Task task, std::size_t n, std::size_t features, std::size_t classes) {
  Generator generator(5);
  FullBatch batch{task, test::random_tensor<double>({n, features}, generator),
                  test::random_tensor<double>({n}, generator)};
  if (task == data::Task::classification)
    for (double& y : batch.y.values()) y = static_cast<double>(generator.below(classes));
  return batch;
}

Layers network(std::vector<std::size_t> widths, Activation activation) {
  return initial_layers(
      {.kind = train::ModelKind::mlp, .layers = std::move(widths), .activation = activation}, 11);
}

Tensor<double> gradient_of(const Layers& layers, const FullBatch& batch) {
  differentiate_loss(layers, batch);
  Tensor<double> all = Tensor<double>::zeros({parameter_count(layers)});
  std::size_t at = 0;
  for (const auto& parameter : parameters_of(layers))
    for (const double element : parameter->grad.values()) all[at++] = element;
  return all;
}

void move(const Layers& layers, const Tensor<double>& direction, double factor) {
  std::size_t at = 0;
  for (const auto& parameter : parameters_of(layers))
    for (double& element : parameter->value.values()) element += factor * direction[at++];
}

/// (g(w + h v) - g(w - h v)) / 2h.
Tensor<double> by_differences(const Layers& layers, const FullBatch& batch, const Tensor<double>& v,
                              double h) {
  move(layers, v, h);
  const Tensor<double> above = gradient_of(layers, batch);
  move(layers, v, -2 * h);
  Tensor<double> difference = gradient_of(layers, batch);
  move(layers, v, h);
  for (std::size_t i = 0; i < difference.size(); ++i)
    difference[i] = (above[i] - difference[i]) / (2 * h);
  return difference;
}

struct Case {
  Activation activation;
  data::Task task;
  std::vector<std::size_t> widths;
  double step = 1e-5;
};

class HessianProduct : public testing::TestWithParam<Case> {};

TEST_P(HessianProduct, IsTheDerivativeOfTheGradient) {
  const auto& [activation, task, widths, step] = GetParam();
  const Layers layers = network(widths, activation);
  const FullBatch batch = some_batch(task, 40, widths.front(), widths.back());
  Generator generator(3);
  double largest = 0;
  for (int direction = 0; direction < 3; ++direction) {
    const Tensor<double> v = test::random_tensor<double>({parameter_count(layers)}, generator);
    const Tensor<double> product = hessian_product(layers, batch, v);
    const Tensor<double> expected = by_differences(layers, batch, v, step);
    for (std::size_t i = 0; i < v.size(); ++i) {
      EXPECT_NEAR(product[i], expected[i], 1e-7 + 1e-6 * std::abs(expected[i])) << i;
      largest = std::max(largest, std::abs(product[i]));
    }
  }
  EXPECT_GT(largest, 0.1);  // there is something to compare
}

using enum data::Task;

INSTANTIATE_TEST_SUITE_P(
    EveryActivation, HessianProduct,
    testing::Values(Case{Activation::tanh, regression, {3, 6, 5, 1}},
                    Case{Activation::tanh, classification, {3, 6, 5, 4}},
                    Case{Activation::sigmoid, regression, {3, 6, 5, 1}},
                    Case{Activation::sigmoid, classification, {3, 6, 4}},
                    Case{Activation::gelu, regression, {3, 6, 5, 1}},
                    Case{Activation::gelu, classification, {3, 6, 5, 4}},
                    Case{Activation::softplus, regression, {3, 6, 5, 1}},
                    Case{Activation::softplus, classification, {3, 6, 4}},
                    Case{Activation::identity, classification, {3, 6, 5, 4}},
                    // So short a way that no kink is met.
                    Case{Activation::relu, regression, {3, 6, 5, 1}, 1e-7},
                    Case{Activation::relu, classification, {3, 6, 5, 4}, 1e-7},
                    Case{Activation::leaky_relu, regression, {3, 6, 5, 1}, 1e-7},
                    Case{Activation::leaky_relu, classification, {3, 6, 5, 4}, 1e-7},
                    Case{Activation::identity, classification, {3, 4}},
                    Case{Activation::identity, regression, {3, 1}}));

/// H = [X 1]'[X 1] / n, whatever the weights: column j by the j-th unit vector.
TEST(HessianOfALinearModel, IsTheGramMatrix) {
  const Layers layers = network({3, 1}, Activation::relu);
  const FullBatch batch = some_batch(regression, 50, 3, 1);
  const auto column = [&](std::size_t row, std::size_t j) {
    return j == 3 ? 1.0 : batch.x.at({row, j});
  };
  for (std::size_t j = 0; j < 4; ++j) {
    Tensor<double> unit = Tensor<double>::zeros({4});
    unit[j] = 1;
    const Tensor<double> product = hessian_product(layers, batch, unit);
    for (std::size_t i = 0; i < 4; ++i) {
      double expected = 0;
      for (std::size_t row = 0; row < 50; ++row) expected += column(row, i) * column(row, j) / 50;
      EXPECT_NEAR(product[i], expected, 1e-13);
    }
  }
}

/// Examples that fill several chunks give what one chunk of a quarter of them gives, if they are
/// those four times over.
TEST(HessianProductOfManyExamples, IsTheMeanOverAll) {
  const Layers layers = network({3, 6, 2}, Activation::tanh);
  constexpr std::size_t quarter = 12'000;
  const FullBatch once = some_batch(classification, quarter, 3, 2);
  FullBatch often{classification, Tensor<double>::zeros({4 * quarter, 3}),
                  Tensor<double>::zeros({4 * quarter})};
  for (std::size_t i = 0; i < often.x.size(); ++i) often.x[i] = once.x[i % once.x.size()];
  for (std::size_t i = 0; i < often.y.size(); ++i) often.y[i] = once.y[i % quarter];
  std::size_t chunks = 0;
  for_each_chunk(layers, often, [&](const Chunk&) { ++chunks; });
  ASSERT_GT(chunks, 1U);
  Generator generator(3);
  const Tensor<double> v = test::random_tensor<double>({parameter_count(layers)}, generator);
  const Tensor<double> a = hessian_product(layers, once, v);
  const Tensor<double> b = hessian_product(layers, often, v);
  for (std::size_t i = 0; i < v.size(); ++i) EXPECT_NEAR(a[i], b[i], 1e-13);
}

/// When all logits of a row shift, softmax stays: that direction of the biases has no curvature.
TEST(HessianProductOfClasses, IsZeroAlongAShiftOfAllLogits) {
  const Layers layers = network({3, 6, 4}, Activation::tanh);
  const FullBatch batch = some_batch(classification, 40, 3, 4);
  Tensor<double> shift = Tensor<double>::zeros({parameter_count(layers)});
  for (std::size_t i = shift.size() - 4; i < shift.size(); ++i) shift[i] = 1;
  const Tensor<double> product = hessian_product(layers, batch, shift);
  for (const double element : product.values()) EXPECT_NEAR(element, 0, 1e-15);
}

TEST(HessianProductOfAnotherSize, IsRefused) {
  EXPECT_THAT(test::message<ShapeError>([] {
                hessian_product(network({3, 1}, Activation::tanh), some_batch(regression, 5, 3, 1),
                                Tensor<double>::zeros({5}));
              }),
              testing::HasSubstr("[5], not [4]"));
}

}  // namespace
}  // namespace ravine::lab
