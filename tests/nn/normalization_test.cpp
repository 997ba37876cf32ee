// Batch and layer normalisation against figures worked by hand and PyTorch's documented behaviour:
// the biased variance normalises, the unbiased one is what running_var averages.
#include "ravine/nn/normalization.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "nn/support.hpp"
#include "support/gradient_check.hpp"

namespace ravine::nn {
namespace {

void expect_values(const Tensor<double>& tensor, const std::vector<double>& expected) {
  ASSERT_EQ(tensor.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_NEAR(tensor[i], expected[i], 1e-14) << i;
}

// Columns 1 2 6 (mean 3, deviations -2 -1 3, biased variance 14/3, unbiased 7) and 10 10 10.
const Tensor<double> batch({3, 2}, {1, 10, 2, 10, 6, 10});

TEST(BatchNorm1d, NormalisesByTheBatchInTraining) {
  BatchNorm1d<double> layer(2);
  layer.weight.parameter()->value.assign(Tensor<double>({2}, {2, 3}));
  layer.bias.parameter()->value.assign(Tensor<double>({2}, {0.5, -1}));
  const double scale = 2 / std::sqrt(14. / 3 + 1e-5);
  expect_values(layer(batch).value(), {0.5 - 2 * scale, -1, 0.5 - scale, -1, 0.5 + 3 * scale, -1});
}

TEST(BatchNorm1d, AveragesMeanAndUnbiasedVariance) {
  BatchNorm1d<double> layer(2);
  layer(batch);
  expect_values(layer.running_mean, {0.3, 1});
  expect_values(layer.running_var, {0.9 + 0.1 * 7, 0.9});
  layer(batch);
  expect_values(layer.running_mean, {0.9 * 0.3 + 0.3, 0.9 + 1});
  expect_values(layer.running_var, {0.9 * 1.6 + 0.7, 0.81});
}

TEST(BatchNorm1d, UsesItsAveragesOtherwise) {
  BatchNorm1d<double> layer(2, {.eps = 0.75, .momentum = 1});
  layer(batch);
  expect_values(layer.running_mean, {3, 10});
  expect_values(layer.running_var, {7, 0});
  layer.eval();
  const Tensor<double> one({1, 2}, {5, 11});
  expect_values(layer(one).value(), {2 / std::sqrt(7.75), 1 / std::sqrt(0.75)});
  expect_values(layer.running_mean, {3, 10});
}

TEST(BatchNorm1d, StartsAsTheIdentityOtherwise) {
  BatchNorm1d<double> layer(2, {.eps = 0});
  layer.eval();
  EXPECT_EQ(layer(batch).value().to_vector(), batch.to_vector());
}

TEST(BatchNorm1d, NamesParametersAndBuffers) {
  BatchNorm1d<float> layer(3);
  const Members<float> members = layer.members();
  ASSERT_EQ(members.parameters.size(), 2U);
  EXPECT_EQ(members.parameters[0].first, "weight");
  EXPECT_EQ(members.parameters[1].first, "bias");
  ASSERT_EQ(members.buffers.size(), 2U);
  EXPECT_EQ(members.buffers[0].first, "running_mean");
  EXPECT_EQ(members.buffers[1].first, "running_var");
  EXPECT_EQ(layer.parameter_count(), 6U);
}

TEST(BatchNorm1d, Gradients) {
  for (const bool training : {true, false}) {
    BatchNorm1d<double> layer(3);
    layer.train(training);
    EXPECT_TRUE(test::gradients_agree(
        training ? "BatchNorm1d in training" : "BatchNorm1d",
        [&](const test::Variables& v) {
          layer.weight = v[1];
          layer.bias = v[2];
          return layer(v[0]);
        },
        test::draw_inputs({{4, 3}, {3}, {3}}, {{}})));
  }
}

TEST(BatchNorm1d, RefusesWhatItCannotNormalise) {
  BatchNorm1d<float> layer(2);
  EXPECT_EQ(testing::message<InputError>([&] {
              layer(Tensor<float>::ones({1, 2}));
            }),
            "BatchNorm1d: a batch of 1 has no variance to train with");
  for (const Shape& shape : {Shape{4, 3}, Shape{2}, Shape{4, 5, 2}, Shape{}})
    EXPECT_EQ(testing::message<ShapeError>([&] { layer(Tensor<float>::ones(shape)); }),
              text("BatchNorm1d: shape ", shape, " is not [n, 2]"));
}

TEST(LayerNorm, NormalisesEachRow) {
  // Rows 1 2 6 and -1 0 1: biased variances 14/3 and 2/3.
  LayerNorm<double> layer(3);
  layer.weight.parameter()->value.assign(Tensor<double>({3}, {1, 2, 3}));
  layer.bias.parameter()->value.assign(Tensor<double>({3}, {0, 0, 10}));
  const double a = 1 / std::sqrt(14. / 3 + 1e-5);
  const double b = 1 / std::sqrt(2. / 3 + 1e-5);
  const Tensor<double> x({2, 3}, {1, 2, 6, -1, 0, 1});
  const std::vector<double> expected{-2 * a, -2 * a, 10 + 9 * a, -b, 0, 10 + 3 * b};
  expect_values(layer(x).value(), expected);
  expect_values(layer(x.reshape({1, 2, 3})).value(), expected);
  layer.eval();
  expect_values(layer(x).value(), expected);
}

TEST(LayerNorm, Gradients) {
  LayerNorm<double> layer(4);
  EXPECT_TRUE(test::gradients_agree(
      "LayerNorm",
      [&](const test::Variables& v) {
        layer.weight = v[1];
        layer.bias = v[2];
        return layer(v[0]);
      },
      test::draw_inputs({{3, 4}, {4}, {4}}, {{}})));
}

TEST(LayerNorm, RefusesOtherWidths) {
  LayerNorm<float> layer(3);
  EXPECT_EQ(testing::message<ShapeError>([&] {
              layer(Tensor<float>::ones({2, 4}));
            }),
            "LayerNorm: shape [2, 4] does not end in 3 features as was said");
}

}  // namespace
}  // namespace ravine::nn
