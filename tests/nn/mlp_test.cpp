#include "ravine/nn/mlp.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "nn/support.hpp"
#include "ravine/nn/linear.hpp"

namespace ravine::nn {
namespace {

TEST(Mlp, HasALinearLayerBetweenNeighbouringWidths) {
  const std::vector<std::size_t> widths{784, 256, 128, 10};
  Sequential<float> model = mlp<float>(widths);
  std::vector<std::string> names;
  std::vector<Shape> shapes;
  for (const auto& parameter : model.parameters()) {
    names.push_back(parameter->name);
    shapes.push_back(parameter->value.shape());
  }
  EXPECT_THAT(names, ::testing::ElementsAre("0.weight", "0.bias", "2.weight", "2.bias", "4.weight",
                                            "4.bias"));
  EXPECT_THAT(shapes, ::testing::ElementsAre(Shape{256, 784}, Shape{256}, Shape{128, 256},
                                             Shape{128}, Shape{10, 128}, Shape{10}));
  EXPECT_EQ(model.parameter_count(), 235146U);
}

TEST(Mlp, OfTwoWidthsIsLinear) {
  const std::vector<std::size_t> widths{3, 2};
  Generator one(4);
  Generator same(4);
  Sequential<double> model = mlp<double>(widths, Activation::relu, one);
  Linear<double> layer(3, 2, same);
  const Tensor<double> x({1, 3}, {-1, 2, -3});
  EXPECT_EQ(model(x).value().to_vector(), layer(x).value().to_vector());
}

TEST(Mlp, HasTheActivationBetweenLayersOnly) {
  // One input, one hidden unit, one output, all weights 1 and biases 0: y = act(x).
  const std::vector<std::size_t> widths{1, 1, 1};
  const auto output = [&](Activation activation, double x) {
    Sequential<double> model = mlp<double>(widths, activation);
    for (const auto& parameter : model.parameters())
      parameter->value.fill(parameter->name.ends_with("weight") ? 1 : 0);
    model.parameters()[2]->value.fill(-1);
    return model(Tensor<double>({1, 1}, {x})).item();
  };
  EXPECT_EQ(output(Activation::relu, 3), -3);
  EXPECT_EQ(output(Activation::relu, -3), 0);
  EXPECT_EQ(output(Activation::identity, -3), 3);
  EXPECT_DOUBLE_EQ(output(Activation::leaky_relu, -3), 0.03);
}

TEST(Mlp, NeedsInputsAndOutputs) {
  for (const std::vector<std::size_t>& widths : {std::vector<std::size_t>{}, {3}})
    EXPECT_EQ(testing::message<InputError>([&] { mlp<float>(widths); }),
              "mlp: at least the inputs and the outputs are needed");
}

}  // namespace
}  // namespace ravine::nn
