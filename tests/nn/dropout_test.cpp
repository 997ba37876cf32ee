#include "ravine/nn/dropout.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "nn/support.hpp"
#include "ravine/autograd/reduce.hpp"
#include "ravine/tensor/random.hpp"

namespace ravine::nn {
namespace {

TEST(Dropout, KeepsTheExpectationInTraining) {
  manual_seed(4);
  Dropout<double> layer(0.3);
  constexpr std::size_t n = 100'000;
  const Tensor<double> y = layer(Tensor<double>::full({n}, 2)).value();
  std::size_t dropped = 0;
  for (const double value : y.values()) {
    if (value == 0)
      ++dropped;
    else
      EXPECT_DOUBLE_EQ(value, 2 / 0.7);
  }
  // Binomial: four standard deviations.
  EXPECT_NEAR(static_cast<double>(dropped), 0.3 * n, 4 * std::sqrt(0.3 * 0.7 * n));
}

TEST(Dropout, DrawsAnewEveryTime) {
  manual_seed(4);
  Dropout<float> layer(0.5);
  const Tensor<float> x = Tensor<float>::ones({64});
  const auto first = layer(x).value().to_vector();
  EXPECT_NE(first, layer(x).value().to_vector());
  manual_seed(4);
  EXPECT_EQ(first, layer(x).value().to_vector());
}

TEST(Dropout, GradientsPassWhereValuesDo) {
  manual_seed(4);
  Dropout<double> layer(0.5);
  const auto x = parameter(Tensor<double>::ones({64}));
  const Variable<double> y = layer(x);
  sum(y).backward();
  EXPECT_EQ(x.grad().to_vector(), y.value().to_vector());
}

TEST(Dropout, PassesEverythingOtherwise) {
  const Tensor<float> x({3}, {1, -2, 3});
  Dropout<float> layer(0.9);
  layer.eval();
  EXPECT_EQ(layer(x).value().to_vector(), x.to_vector());
  Dropout<float> none(0);
  EXPECT_EQ(none(x).value().to_vector(), x.to_vector());
}

TEST(Dropout, RefusesWhatIsNoProbability) {
  for (const double bad : {-0.1, 1.0, 1.5, std::numeric_limits<double>::quiet_NaN()})
    EXPECT_EQ(testing::message<InputError>([&] {
                Dropout<float>{bad};
              }).find("Dropout: probability must be in [0, 1), "),
              0U);
}

}  // namespace
}  // namespace ravine::nn
