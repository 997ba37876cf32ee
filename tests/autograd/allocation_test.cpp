#include <gtest/gtest.h>

#include "ravine/autograd/elementwise.hpp"
#include "ravine/autograd/linear.hpp"
#include "ravine/autograd/reduce.hpp"
#include "ravine/autograd/softmax.hpp"
#include "ravine/tensor/random.hpp"
#include "support/allocations.hpp"
#include "support/with_threads.hpp"

namespace ravine {
namespace {

using test::allocations_of;

template <class T>
Variable<T> weights(const Shape& shape) {
  Tensor<T> values = Tensor<T>::uninitialized(shape);
  Generator generator(1);
  fill_normal(values, 0, 0.1, generator);
  return parameter(values);
}

TEST(Allocations, AreCounted) {
  if (!test::allocations_are_counted) return;
  EXPECT_GE(allocations_of([] { std::vector<int>(100).at(0) = 1; }), 1u);
  EXPECT_GE(allocations_of([] { Tensor<float>::zeros({123'457}); }), 1u);
}

TEST(Allocations, AStepOfANetworkMakesNoneAfterTheFirst) {
  // Large enough that two threads share its products.
  const auto x = Tensor<float>::ones({128, 50});
  const auto w1 = weights<float>({40, 50});
  const auto b1 = weights<float>({40});
  const auto w2 = weights<float>({10, 40});
  const auto b2 = weights<float>({10});
  const auto step = [&] {
    for (const auto* leaf : {&w1, &b1, &w2, &b2}) leaf->parameter()->has_grad = false;
    const auto hidden = linear<float>(x, w1, b1, Activation::relu);
    const auto p = log_softmax(linear(hidden, w2, b2));
    mean(p * p).backward();
  };
  for (const std::size_t count : {1, 2}) {
    const test::WithThreads with(count);
    step();
    for (int i = 0; i < 20; ++i)
      EXPECT_EQ(allocations_of(step), 0u) << "step " << i + 2 << ", threads " << count;
  }
}

TEST(Allocations, AStepOfElementwiseOperationsMakesNoneAfterTheFirst) {
  const auto x = Tensor<float>::ones({64, 30});
  const auto w = weights<float>({64, 30});
  const auto b = weights<float>({30});
  const auto column = weights<float>({64, 1});
  const auto step = [&] {
    for (const auto* leaf : {&w, &b, &column}) leaf->parameter()->has_grad = false;
    const auto z = tanh(w * x + b) * column;
    const auto y = sigmoid(z) + gelu(z) + softplus(z) + maximum(z, 0.5) + exp(-abs(z));
    sum(y * y, {1}, true);
    sum(max(y, {0}) - pow(mean(y), 2)).backward();
  };
  step();
  for (int i = 0; i < 20; ++i) EXPECT_EQ(allocations_of(step), 0u) << "step " << i + 2;
}

TEST(Allocations, APassWithoutAGraphMakesNoneAfterTheFirst) {
  const Variable<double> x(Tensor<double>::ones({16, 8}));
  const auto pass = [&] { sum(relu(x * 2 + 1)); };
  pass();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(allocations_of(pass), 0u);
}

}  // namespace
}  // namespace ravine
