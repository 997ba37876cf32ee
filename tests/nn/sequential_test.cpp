#include "ravine/nn/sequential.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "ravine/autograd/elementwise.hpp"
#include "ravine/autograd/reduce.hpp"
#include "ravine/autograd/tape.hpp"
#include "ravine/nn/activations.hpp"
#include "ravine/nn/dropout.hpp"
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

/// What a pass forward and back computes: the output, and the gradient of every parameter.
using Numbers = std::vector<double>;

/// The numbers of `forward`, whose parameters are `parameters`, on an input that has a gradient.
template <class Forward>
Numbers numbers_of(const Parameters<double>& parameters, Forward forward) {
  Generator generator(2);
  Tensor<double> values = Tensor<double>::uninitialized({9, 5});
  fill_normal(values, 0, 1, generator);
  const Variable<double> x = parameter(values);
  manual_seed(3);  // of dropout
  const Variable<double> y = forward(x);
  sum(y * y).backward();
  Numbers numbers = y.value().to_vector();
  const auto append = [&](const Tensor<double>& tensor) {
    numbers.insert(numbers.end(), tensor.values().begin(), tensor.values().end());
  };
  append(x.grad());
  for (const auto& parameter : parameters) append(parameter->grad);
  return numbers;
}

/// `modules(take, generator)` hands modules to `take`. A Sequential of some must agree with others
/// called one by one.
template <class Modules, class OneByOne>
void expect_as_one_by_one(const char* what, Modules modules, OneByOne one_by_one) {
  Sequential<double> together;
  std::vector<std::unique_ptr<Module<double>>> apart;
  Parameters<double> parameters;
  Generator generator(1);
  modules([&](auto module) { together.add(std::move(module)); }, generator);
  generator = Generator(1);
  one_by_one(
      [&](auto module) {
        std::ranges::copy(module.parameters(), std::back_inserter(parameters));
        apart.push_back(std::make_unique<decltype(module)>(std::move(module)));
      },
      generator);

  const Numbers numbers = numbers_of(together.parameters(), [&](auto& x) { return together(x); });
  const Numbers expected = numbers_of(parameters, [&](auto& x) {
    Variable<double> y = x;
    for (const auto& module : apart) y = module->forward(y);
    return y;
  });
  ASSERT_EQ(numbers.size(), expected.size()) << what;
  for (std::size_t i = 0; i < numbers.size(); ++i)
    ASSERT_NEAR(numbers[i], expected[i], 1e-13 * (1 + std::abs(expected[i]))) << what << ' ' << i;
}

template <class Modules>
void expect_as_one_by_one(const char* what, Modules modules) {
  expect_as_one_by_one(what, modules, modules);
}

template <class... Between>
void expect_as_one_by_one_between_layers(const char* what) {
  expect_as_one_by_one(what, [](auto take, Generator& generator) {
    take(Linear<double>(5, 19, generator));
    (take(Between()), ...);
    take(Linear<double>(19, 3, generator));
  });
}

TEST(Sequential, AgreesWithItsModulesOneByOne) {
  using D = double;
  expect_as_one_by_one_between_layers<>("nothing between");
  expect_as_one_by_one_between_layers<ReLU<D>>("relu");
  expect_as_one_by_one_between_layers<LeakyReLU<D>>("leaky_relu");
  expect_as_one_by_one_between_layers<Tanh<D>>("tanh");
  expect_as_one_by_one_between_layers<Sigmoid<D>>("sigmoid");
  expect_as_one_by_one_between_layers<GELU<D>>("gelu");
  expect_as_one_by_one_between_layers<Softplus<D>>("softplus");
  expect_as_one_by_one_between_layers<Tanh<D>, ReLU<D>>("two in a row");
  expect_as_one_by_one_between_layers<ReLU<D>, ReLU<D>>("one twice");
  expect_as_one_by_one_between_layers<Dropout<D>, ReLU<D>>("dropout first");
  expect_as_one_by_one_between_layers<Sigmoid<D>, Dropout<D>>("dropout last");
  expect_as_one_by_one("activations at the ends", [](auto take, Generator& generator) {
    take(Tanh<D>());
    take(Linear<D>(5, 4, generator));
    take(ReLU<D>());
  });
  expect_as_one_by_one(
      "one in another",
      [](auto take, Generator& generator) {
        Linear<D> first(5, 7, generator);
        Sequential<D> inner{ReLU<D>(), Linear<D>(7, 7, generator)};
        take(std::move(first));
        take(std::move(inner));
        take(Tanh<D>());
      },
      [](auto take, Generator& generator) {
        take(Linear<D>(5, 7, generator));
        take(ReLU<D>());
        take(Linear<D>(7, 7, generator));
        take(Tanh<D>());
      });
}

TEST(Sequential, ALinearLayerTakesTheActivationAlong) {
  const Tensor<float> x = Tensor<float>::ones({2, 3});
  const auto last_operation = [&]<class Activated>(Activated) {
    Sequential model{Linear(3, 2), Activated()};
    return std::string(model(x).node()->operation);
  };
  EXPECT_EQ(last_operation(ReLU()), "linear");
  EXPECT_EQ(last_operation(Sigmoid()), "linear");
  EXPECT_EQ(last_operation(GELU()), "gelu");
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
