#include "ravine/train/evaluate.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "made_data.hpp"
#include "ravine/nn/dropout.hpp"
#include "ravine/nn/linear.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/train/prepare.hpp"

namespace ravine::train {
namespace {

/// A linear layer with the weights given.
nn::Linear<float> linear(std::size_t in, std::size_t out, std::vector<float> weight,
                         std::vector<float> bias) {
  nn::Linear<float> layer(in, out);
  layer.weight.parameter()->value.assign(Tensor<float>({out, in}, weight));
  layer.bias.parameter()->value.assign(Tensor<float>({out}, bias));
  return layer;
}

TEST(Evaluate, RegressionByHand) {
  // Predictions 1, 2, 3 against 1, 4, 1: errors 0, -2, 2; the mean of the targets is 2.
  const auto data = made(data::Task::regression, 1, {1, 2, 3}, {1, 4, 1});
  auto network = linear(1, 1, {1}, {0});
  const Metrics metrics = evaluate(network, data, 10);
  EXPECT_NEAR(metrics.loss, 8.0 / 6, 1e-6);                   // half the mean of 0, 4, 4
  EXPECT_NEAR(*metrics.rmse, 10 * std::sqrt(8.0 / 3), 1e-5);  // in units of 10
  EXPECT_NEAR(*metrics.r2, 1 - 8.0 / 6, 1e-6);                // SST = 1 + 4 + 1
  EXPECT_FALSE(metrics.accuracy.has_value());
}

TEST(Evaluate, ConstantTargetsHaveNoR2) {
  const auto data = made(data::Task::regression, 1, {1, 2}, {5, 5});
  auto network = linear(1, 1, {1}, {0});
  EXPECT_FALSE(evaluate(network, data).r2.has_value());
}

TEST(Evaluate, ClassificationByHand) {
  // Scores (0, x): class 1 where x > 0. Targets say so for three of four.
  const auto data = made(data::Task::classification, 1, {2, -1, 3, 1}, {1, 0, 1, 0}, {"a", "b"});
  auto network = linear(1, 2, {0, 1}, {0, 0});
  const Metrics metrics = evaluate(network, data);
  EXPECT_DOUBLE_EQ(*metrics.accuracy, 0.75);
  const auto entropy = [](double x, bool right) { return std::log(1 + std::exp(right ? -x : x)); };
  EXPECT_NEAR(metrics.loss,
              (entropy(2, true) + entropy(-1, false) + entropy(3, true) + entropy(1, false)) / 4,
              1e-6);
  EXPECT_FALSE(metrics.rmse.has_value());
}

TEST(Evaluate, ManyBatchesGiveTheSameAsOneSum) {
  // More examples than one evaluation batch, and not a multiple of it: y = x, prediction 0.
  const std::size_t n = 2500;
  std::vector<float> x;
  for (std::size_t i = 0; i < n; ++i) x.push_back(static_cast<float>(i % 10));
  auto network = linear(1, 1, {0}, {0});
  const Metrics metrics = evaluate(network, made(data::Task::regression, 1, x, x));
  EXPECT_NEAR(metrics.loss, 0.5 * 28.5, 1e-4);  // the mean of 0, 1, 4, ..., 81 is 28.5
}

TEST(Evaluate, IsDoneInEvaluationModeAndLeavesTheModeAsItWas) {
  const auto data = halves(64);
  nn::Sequential network{linear(2, 2, {-1, 0, 1, 0}, {0, 0}), nn::Dropout<float>(0.9)};
  EXPECT_DOUBLE_EQ(accuracy(network, data), 1);  // dropout would make mistakes
  EXPECT_TRUE(network.training());
  network.eval();
  accuracy(network, data);
  EXPECT_FALSE(network.training());
}

TEST(Accuracy, IsOfClassesOnly) {
  auto network = linear(2, 1, {1, 1}, {0});
  EXPECT_THROW(accuracy(network, plane(3)), InputError);
}

TEST(Predict, NumbersComeInTheTargetsOwnUnits) {
  const data::TrainTest parts{.train = plane(4), .test = plane(3)};
  Model model = make_model(ModelKind::linear, {}, Activation::relu, prepare(parts, 0, 1), 1);
  // The exact plane, on the standardised scale: slope times the deviation of x over that of y.
  const auto& x = *model.feature_scaling;
  const auto& y = *model.target_scaling;
  const auto parameters = model.network.parameters();
  parameters[0]->value[0] = static_cast<float>(3 * x.deviation[0] / y.deviation[0]);
  parameters[0]->value[1] = static_cast<float>(-2 * x.deviation[1] / y.deviation[0]);
  parameters[1]->value[0] = 0;
  const Tensor<float> predicted = predict(model, parts.test);
  ASSERT_EQ(predicted.shape(), Shape{parts.test.size()});
  for (std::size_t i = 0; i < predicted.size(); ++i)
    EXPECT_NEAR(predicted[i], parts.test.targets[i], 1e-4);
  EXPECT_NEAR(*evaluate(model, parts.test).rmse, 0, 1e-4);
}

TEST(Predict, ClassesComeAsProbabilities) {
  const data::TrainTest parts{.train = halves(20), .test = halves(6)};
  Model model = make_model(ModelKind::logistic, {}, Activation::relu, prepare(parts, 0, 1), 1);
  const Tensor<float> p = predict(model, parts.test);
  ASSERT_EQ(p.shape(), (Shape{6, 2}));
  for (std::size_t r = 0; r < 6; ++r) EXPECT_NEAR(p.at({r, 0}) + p.at({r, 1}), 1, 1e-6);
}

}  // namespace
}  // namespace ravine::train
