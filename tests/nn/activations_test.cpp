#include "ravine/nn/activations.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

namespace ravine::nn {
namespace {

TEST(Activations, AreTheirFunctions) {
  const Tensor<double> x({5}, {-3, -0.5, 0, 0.5, 3});
  const auto expect = [&](Module<double>&& module, const std::function<double(double)>& function) {
    const Tensor<double> y = module(x).value();
    for (std::size_t i = 0; i < x.size(); ++i) EXPECT_NEAR(y[i], function(x[i]), 1e-15) << x[i];
    EXPECT_EQ(module.parameter_count(), 0U);
  };
  expect(ReLU<double>(), [](double v) { return v > 0 ? v : 0; });
  expect(LeakyReLU<double>(), [](double v) { return v > 0 ? v : 0.01 * v; });
  expect(Tanh<double>(), [](double v) { return std::tanh(v); });
  expect(Sigmoid<double>(), [](double v) { return 1 / (1 + std::exp(-v)); });
  expect(GELU<double>(), [](double v) { return v / 2 * (1 + std::erf(v / std::sqrt(2.))); });
  expect(Softplus<double>(), [](double v) { return std::log(1 + std::exp(v)); });
  expect(Activate<double>(Activation::identity), [](double v) { return v; });
}

}  // namespace
}  // namespace ravine::nn
