#include "ravine/nn/sequential.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <type_traits>
#include <vector>

#include "ravine/nn/activations.hpp"
#include "ravine/nn/linear.hpp"
#include "ravine/nn/losses.hpp"

namespace ravine::nn {
namespace {

TEST(Sequential, NamesModulesByTheirPlace) {
  Sequential model{Linear(64, 32), ReLU(), Linear(32, 10)};
  static_assert(std::is_same_v<decltype(model), Sequential<float>>);
  std::vector<std::string> names;
  for (const auto& parameter : model.parameters()) names.push_back(parameter->name);
  EXPECT_THAT(names, ::testing::ElementsAre("0.weight", "0.bias", "2.weight", "2.bias"));
  EXPECT_EQ(model.parameter_count(), 64U * 32 + 32 + 32 * 10 + 10);
}

TEST(Sequential, AppliesThemInOrder) {
  Generator generator(1);
  Linear<double> first(2, 3, generator);
  Linear<double> last(3, 1, generator);
  const Tensor<double> x({2, 2}, {1, -2, 0.5, 4});
  Tensor<double> hidden = first(x).value().clone();
  for (double& h : hidden.values()) h = std::tanh(h);
  const auto expected = last(hidden).value().to_vector();
  Sequential model{std::move(first), Tanh<double>(), std::move(last)};
  const auto y = model(x).value();
  ASSERT_EQ(y.shape(), (Shape{2, 1}));
  for (std::size_t i = 0; i < 2; ++i) EXPECT_NEAR(y[i], expected[i], 1e-15);
}

TEST(Sequential, OfNothingPassesEverything) {
  Sequential<float> model;
  const Tensor<float> x({2}, {1, 2});
  EXPECT_EQ(model(x).value().to_vector(), x.to_vector());
  EXPECT_EQ(model.parameter_count(), 0U);
}

TEST(Sequential, MovesWithItsModules) {
  Sequential<float> model{Linear(2, 2)};
  const auto parameters = model.parameters();
  Sequential<float> moved = std::move(model);
  EXPECT_EQ(moved.parameters(), parameters);
}

TEST(Sequential, LearnsExclusiveOr) {
  Generator generator(1);
  Sequential model{Linear<double>(2, 8, generator), Tanh<double>(),
                   Linear<double>(8, 2, generator)};
  const Tensor<double> x({4, 2}, {0, 0, 0, 1, 1, 0, 1, 1});
  const Tensor<double> classes({4}, {0, 1, 1, 0});
  const auto parameters = model.parameters();
  const double before = cross_entropy(model(x), classes).item();
  for (int step = 0; step < 1000; ++step) {
    for (const auto& parameter : parameters) parameter->has_grad = false;
    cross_entropy(model(x), classes).backward();
    for (const auto& parameter : parameters)
      for (std::size_t i = 0; i < parameter->value.size(); ++i)
        parameter->value[i] -= 0.5 * parameter->grad[i];
  }
  EXPECT_GT(before, 0.5);
  EXPECT_LT(cross_entropy(model(x), classes).item(), 0.02);
  const Tensor<double> logits = model(x).value();
  for (std::size_t r = 0; r < 4; ++r)
    EXPECT_EQ(logits[2 * r + 1] > logits[2 * r], classes[r] == 1) << r;
}

}  // namespace
}  // namespace ravine::nn
