#include "ravine/autograd/dropout.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "ravine/tensor/error.hpp"
#include "support/throws.hpp"

namespace ravine {
namespace {

TEST(Dropout, DropsTheGivenShareAndKeepsTheMean) {
  constexpr std::size_t n = 100'000;
  for (const double probability : {0.1, 0.5, 0.9}) {
    Generator generator(1);
    const auto y = dropout<double>(Tensor<double>::ones({n}), probability, generator).value();
    double dropped = 0;
    for (const double value : y.values()) {
      if (value == 0)
        ++dropped;
      else
        ASSERT_DOUBLE_EQ(value, 1 / (1 - probability));
    }
    // Five standard deviations of a binomial share.
    EXPECT_NEAR(dropped / n, probability, 5 * std::sqrt(probability * (1 - probability) / n));
  }
}

TEST(Dropout, OfProbability0IsTheIdentity) {
  Generator generator(1);
  const auto x = Tensor<float>::arange(10);
  EXPECT_EQ(dropout<float>(x, 0, generator).value().to_vector(), x.to_vector());
}

TEST(Dropout, RefusesWhatIsNoProbability) {
  for (const double probability : {-0.1, 1.0, 2.0, std::nan("")})
    EXPECT_TRUE(test::throws<InputError>(
        [&] { dropout<float>(Tensor<float>::ones({2}), probability); },
        testing::AllOf(testing::HasSubstr("dropout"), testing::HasSubstr("[0, 1)"))));
}

}  // namespace
}  // namespace ravine
