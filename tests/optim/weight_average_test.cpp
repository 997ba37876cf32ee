#include "ravine/optim/weight_average.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "optim/one_tensor.hpp"
#include "ravine/tensor/text.hpp"
#include "support/throws.hpp"

namespace ravine::optim::testing {
namespace {

using test::message;

/// Takes the weights through the values given and returns the average of each.
std::vector<double> average_of(const AverageKind& kind, const std::vector<double>& path) {
  const auto w = parameter<double>({0, 0});
  WeightAverage<double> average(kind, {w});
  for (const double value : path) {
    w->value.fill(value);
    average.update();
  }
  average.swap();
  return values(*w);
}

TEST(WeightAverage, PolyakIsTheMeanOfTheSteps) {
  const std::vector<double> path{1, 2, 6, 11};
  EXPECT_EQ(average_of(PolyakAverage{}, path), (std::vector<double>{5, 5}));
  EXPECT_EQ(average_of(PolyakAverage{.start = 2}, path), (std::vector<double>{8.5, 8.5}));
}

TEST(WeightAverage, BeforeItsStartPolyakIsTheWeightsAsTheyAre) {
  EXPECT_EQ(average_of(PolyakAverage{.start = 9}, {1, 2, 6}), (std::vector<double>{6, 6}));
}

TEST(WeightAverage, ExponentialIsTheCorrectedSum) {
  // Weights d^(n-i) of each step, divided by their sum (1 - d^n) / (1 - d).
  const std::vector<double> path{3, -1, 4, 1, 5};
  const double d = 0.7;
  double sum = 0;
  double weights = 0;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const double weight = std::pow(d, double(path.size() - 1 - i));
    sum += weight * path[i];
    weights += weight;
  }
  EXPECT_NEAR(average_of(ExponentialAverage{.decay = d}, path)[0], sum / weights, 1e-14);
  EXPECT_EQ(average_of(ExponentialAverage{.decay = d}, {3})[0], 3);
}

TEST(WeightAverage, SwapsBothWays) {
  const auto w = parameter<double>({0});
  WeightAverage<double> average(PolyakAverage{}, {w});
  for (const double value : {1.0, 3.0}) {
    w->value.fill(value);
    average.update();
  }
  average.swap();
  EXPECT_EQ(w->value[0], 2);
  average.swap();
  EXPECT_EQ(w->value[0], 3);
}

TEST(WeightAverage, ContinuesFromASavedState) {
  const auto w = parameter<double>({0});
  WeightAverage<double> average(ExponentialAverage{.decay = 0.9}, {w});
  WeightAverage<double> resumed(ExponentialAverage{.decay = 0.9}, {w});
  for (const double value : {1.0, 3.0, 7.0}) {
    w->value.fill(value);
    average.update();
  }
  resumed.restore(average.state());
  w->value.fill(2);
  average.update();
  resumed.update();
  EXPECT_EQ(average.state().arrays[0].tensor[0], resumed.state().arrays[0].tensor[0]);
  EXPECT_EQ(resumed.state().steps, 4U);

  WeightAverage<double> other(PolyakAverage{}, {parameter<double>({0, 0})});
  EXPECT_EQ(message<InputError>([&] { other.restore(average.state()); }),
            "weight average: the state has average of 'w' [1] where average of 'w' [2] is needed");
}

TEST(WeightAverage, IsReadFromASpecAndPrintedAsOne) {
  EXPECT_EQ(text(parse_average("ema:0.99")), "ema:decay=0.99");
  EXPECT_EQ(text(parse_average("ema")), "ema:decay=0.999");
  EXPECT_EQ(text(parse_average("polyak:start=100")), "polyak:start=100");
  EXPECT_EQ(message<InputError>([] { parse_average("ema:0.9,0.5"); }),
            "ema: each value but the first needs a name (known: decay)");
  EXPECT_EQ(message<UnknownName>([] { parse_average("polyac"); }),
            "unknown average 'polyac' (did you mean 'polyak'?)");
  EXPECT_EQ(message<InputError>([] { parse_average("ema:1"); }),
            "ema: decay must be in [0, 1), 1 was given");
  EXPECT_EQ(message<InputError>([] { parse_average("polyak:2.5"); }),
            "polyak: start must be in [0, inf), whole, 2.5 was given");
}

TEST(WeightAverage, IsTheWeightsAtTheStart) {
  const auto w = parameter<double>({3});
  WeightAverage<double> average(PolyakAverage{}, {w});
  average.swap();
  EXPECT_EQ(w->value[0], 3);
}

TEST(WeightAverage, RefusesWeightsOfAnotherShape) {
  const auto w = parameter<double>({3});
  WeightAverage<double> average(PolyakAverage{}, {w});
  w->value = Tensor<double>::zeros({2});
  EXPECT_EQ(message<ShapeError>([&] { average.update(); }),
            "weight average: parameter 'w' is [2] now, but was [1]");
}

}  // namespace
}  // namespace ravine::optim::testing
