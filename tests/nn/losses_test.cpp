// Losses against their definitions, worked out with the standard library in double.
#include "ravine/nn/losses.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <vector>

#include "nn/support.hpp"
#include "support/gradient_check.hpp"

namespace ravine {
namespace {

using nn::testing::message;
using testing::AllOf;
using testing::HasSubstr;

Tensor<double> vector(const std::vector<double>& values) { return {{values.size()}, values}; }

const Tensor<double> predictions = vector({1, -2, 0.5, 4});
const Tensor<double> targets = vector({1.5, 1, 0.5, -1});  // differences -0.5 -3 0 5

TEST(Losses, AreTheirDefinitions) {
  EXPECT_DOUBLE_EQ(mse_loss<double>(predictions, targets).item(), (0.25 + 9 + 0 + 25) / 4);
  EXPECT_DOUBLE_EQ(l1_loss<double>(predictions, targets).item(), 8.5 / 4);
  // Within delta d^2 / 2, beyond it delta (d - delta / 2).
  EXPECT_DOUBLE_EQ(huber_loss<double>(predictions, targets).item(), (0.125 + 2.5 + 0 + 4.5) / 4);
  EXPECT_DOUBLE_EQ(huber_loss<double>(predictions, targets, 3).item(), (0.125 + 4.5 + 10.5) / 4);
  EXPECT_DOUBLE_EQ(huber_loss<double>(predictions, targets, 100).item(), 34.25 / 8);
}

TEST(Losses, BceIsItsDefinition) {
  const Tensor<double> labels = vector({0, 1, 0.25, 1});
  double expected = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const double p = 1 / (1 + std::exp(-predictions[i]));
    expected -= (labels[i] * std::log(p) + (1 - labels[i]) * std::log(1 - p)) / 4;
  }
  EXPECT_NEAR(bce_with_logits<double>(predictions, labels).item(), expected, 1e-14);
}

TEST(Losses, BceStaysFiniteForExtremeLogits) {
  const Tensor<float> logits({4}, {1e4F, -1e4F, 1e4F, -1e4F});
  EXPECT_EQ(bce_with_logits<float>(logits, Tensor<float>({4}, {1, 0, 1, 0})).item(), 0);
  EXPECT_EQ(bce_with_logits<float>(logits, Tensor<float>({4}, {0, 1, 0, 1})).item(), 1e4F);
}

/// -(1/n) sum_r sum_c q_rc log p_rc, q = (1 - e) [c is the class] + e / C.
double cross_entropy_by_definition(const Tensor<double>& logits, const std::vector<int>& classes,
                                   double smoothing) {
  const std::size_t columns = logits.shape()[1];
  double total = 0;
  for (std::size_t r = 0; r < classes.size(); ++r) {
    double sum = 0;
    for (std::size_t c = 0; c < columns; ++c) sum += std::exp(logits[r * columns + c]);
    for (std::size_t c = 0; c < columns; ++c) {
      const double q = (static_cast<int>(c) == classes[r] ? 1 - smoothing : 0) +
                       smoothing / static_cast<double>(columns);
      total -= q * std::log(std::exp(logits[r * columns + c]) / sum);
    }
  }
  return total / static_cast<double>(classes.size());
}

TEST(Losses, CrossEntropyIsItsDefinition) {
  const Tensor<double> logits({3, 4}, {1, 2, 3, 4, -1, 0, 0.5, 2, 0, 0, 0, 0});
  const Tensor<double> classes = vector({2, 0, 3});
  for (const double smoothing : {0., 0.1, 0.5, 1.})
    EXPECT_NEAR(cross_entropy<double>(logits, classes, smoothing).item(),
                cross_entropy_by_definition(logits, {2, 0, 3}, smoothing), 1e-14)
        << smoothing;
  EXPECT_NEAR(cross_entropy<double>(Tensor<double>::zeros({1, 10}), vector({7})).item(),
              std::log(10), 1e-15);
}

TEST(Losses, CrossEntropyStaysFiniteForExtremeLogits) {
  const Tensor<float> logits({2, 3}, {1e4F, 0, -1e4F, -1e4F, 1e4F, 0});
  EXPECT_EQ(cross_entropy<float>(logits, Tensor<float>({2}, {0, 1})).item(), 0);
  EXPECT_EQ(cross_entropy<float>(logits, Tensor<float>({2}, {2, 0})).item(), 2e4F);
  const auto parameter_logits = parameter(logits.clone());
  cross_entropy(parameter_logits, Tensor<float>({2}, {2, 0})).backward();
  EXPECT_EQ(parameter_logits.grad().to_vector(),
            (std::vector<float>{0.5F, 0, -0.5F, -0.5F, 0.5F, 0}));
}

TEST(Losses, Gradients) {
  const Tensor<double> target = vector({0.3, -0.2, 0.9});
  const Tensor<double> probability = vector({0, 1, 0.3});
  const Tensor<double> classes = vector({2, 0, 1});
  const auto agree = [](const char* name, const Shape& shape,
                        const std::function<Variable<double>(const Variable<double>&)>& loss) {
    EXPECT_TRUE(test::gradients_agree(
        name, [&](const test::Variables& v) { return loss(v[0]); },
        test::draw_inputs({shape}, {{.low = -3, .high = 3, .kinks = {0.3, -0.2, 0.9}}})));
  };
  agree("mse_loss", {3}, [&](const auto& x) { return mse_loss(x, target); });
  agree("mse_loss", {3, 1}, [&](const auto& x) { return mse_loss(x, target); });
  agree("l1_loss", {3}, [&](const auto& x) { return l1_loss(x, target); });
  agree("huber_loss", {3}, [&](const auto& x) { return huber_loss(x, target, 0.7); });
  agree("bce_with_logits", {3}, [&](const auto& x) { return bce_with_logits(x, probability); });
  agree("cross_entropy", {3, 4}, [&](const auto& x) { return cross_entropy(x, classes); });
  agree("cross_entropy", {3, 4}, [&](const auto& x) { return cross_entropy(x, classes, 0.2); });
}

using Loss = Variable<double> (*)(const Variable<double>&, const Tensor<double>&);
const std::vector<std::pair<std::string, Loss>> elementwise_losses{
    {"mse_loss", mse_loss<double>},
    {"l1_loss", l1_loss<double>},
    {"huber_loss", [](const auto& x, const auto& t) { return huber_loss(x, t); }},
    {"bce_with_logits", bce_with_logits<double>}};

TEST(Losses, FitAColumnToAVectorAndNothingElse) {
  const Tensor<double> column = predictions.reshape({4, 1});
  for (const auto& [name, loss] : elementwise_losses) {
    const double expected = loss(predictions, targets).item();
    EXPECT_EQ(loss(column, targets).item(), expected) << name;
    EXPECT_EQ(loss(predictions, targets.reshape({4, 1})).item(), expected) << name;
    EXPECT_THAT(message<ShapeError>([&] {
                  loss(Tensor<double>::ones({4, 2}), targets);
                }),
                AllOf(HasSubstr(name), HasSubstr("[4, 2]"), HasSubstr("[4]")));
    EXPECT_THAT(message<ShapeError>([&] { loss(Tensor<double>::ones({3}), targets); }),
                AllOf(HasSubstr(name), HasSubstr("[3]"), HasSubstr("[4]")));
    EXPECT_THAT(message<ShapeError>([&] { loss(Tensor<double>::ones({1}), targets); }),
                HasSubstr(name));
  }
}

TEST(Losses, CrossEntropyFitsClassesToRows) {
  const Tensor<double> logits = Tensor<double>::zeros({3, 4});
  for (const auto& [x, t] : std::vector<std::pair<Shape, Shape>>{
           {{3, 4}, {2}}, {{3, 4}, {3, 4}}, {{4}, {4}}, {{0, 4}, {0}}, {{3, 0}, {3}}})
    EXPECT_THAT(message<ShapeError>([&, &xs = x, &ts = t] {
                  cross_entropy<double>(Tensor<double>::zeros(xs), Tensor<double>::zeros(ts));
                }),
                AllOf(HasSubstr("cross_entropy"), HasSubstr(text(x)), HasSubstr(text(t))));
}

TEST(Losses, RefuseValuesOutOfRange) {
  const Tensor<double> logits = Tensor<double>::zeros({1, 4});
  const auto with_class = [&](double index) {
    return message<InputError>([&] { cross_entropy<double>(logits, vector({index})); });
  };
  EXPECT_EQ(with_class(4), "cross_entropy: 4 is not a class index from 0 to 3");
  EXPECT_EQ(with_class(-1), "cross_entropy: -1 is not a class index from 0 to 3");
  EXPECT_EQ(with_class(1.5), "cross_entropy: 1.5 is not a class index from 0 to 3");
  EXPECT_THAT(with_class(std::numeric_limits<double>::quiet_NaN()),
              HasSubstr("nan is not a class"));
  EXPECT_THAT(with_class(1e300), HasSubstr("is not a class index"));
  for (const double bad : {-0.1, 1.1, std::numeric_limits<double>::quiet_NaN()})
    EXPECT_THAT(message<InputError>([&] { cross_entropy<double>(logits, vector({0}), bad); }),
                HasSubstr("label_smoothing must be in [0, 1]"));
  for (const double bad : {0., -1., std::numeric_limits<double>::quiet_NaN()})
    EXPECT_THAT(message<InputError>([&] { huber_loss<double>(predictions, targets, bad); }),
                HasSubstr("huber_loss: delta must be above 0"));
}

}  // namespace
}  // namespace ravine
