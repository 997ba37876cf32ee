#include "ravine/optim/optimizer.hpp"

#include <gtest/gtest.h>

#include "optim/one_tensor.hpp"
#include "support/throws.hpp"

namespace ravine::optim::testing {
namespace {

using test::message;

TEST(Optimizer, LeavesAParameterWithoutGradientAlone) {
  const auto a = parameter<double>({1}, "a");
  const auto b = parameter<double>({1}, "b");
  const auto optimizer =
      make(Momentum{.lr = 0.5, .momentum = 0, .weight_decay = 0.1}, Parameters<double>{a, b});
  give_gradient(*b, std::vector<double>{1});
  optimizer->step();
  EXPECT_EQ(a->value[0], 1);
  EXPECT_DOUBLE_EQ(b->value[0], 1 - 0.5 * (1 + 0.1));
  EXPECT_EQ(optimizer->state("v", "a")[0], 0);
  EXPECT_DOUBLE_EQ(optimizer->state("v", "b")[0], 1.1);
}

TEST(Optimizer, ZeroGradForgetsGradients) {
  const auto w = parameter<double>({1});
  const auto optimizer = make("sgd", Parameters<double>{w});
  give_gradient(*w, std::vector<double>{1});
  optimizer->zero_grad();
  EXPECT_FALSE(w->has_grad);
  optimizer->step();
  EXPECT_EQ(w->value[0], 1);
}

TEST(Optimizer, CountsStepsNotTensors) {
  // With the correction counted once a tensor, the second's first step would be shorter.
  const auto a = parameter<double>({1}, "a");
  const auto b = parameter<double>({1}, "b");
  const auto optimizer = make(Adam{.lr = 0.25, .eps = 0}, Parameters<double>{a, b});
  give_gradient(*a, std::vector<double>{3});
  give_gradient(*b, std::vector<double>{3});
  optimizer->step();
  EXPECT_EQ(optimizer->steps(), 1U);
  EXPECT_NEAR(a->value[0], 0.75, 1e-15);
  EXPECT_EQ(a->value[0], b->value[0]);
}

TEST(Optimizer, ChangesAHyperParameterFromTheNextStepOn) {
  const auto w = parameter<double>({1});
  const auto optimizer = make("sgd", Parameters<double>{w}, {{"lr", 0.25}});
  step(*optimizer, std::vector<double>{1});
  optimizer->set("lr", 0.5);
  step(*optimizer, std::vector<double>{1});
  EXPECT_EQ(w->value[0], 0.25);
}

TEST(Optimizer, ListsItsState) {
  const auto a = parameter<float>({1, 2}, "0.weight");
  const auto b = parameter<float>({1}, "0.bias");
  const auto optimizer = make("adam", Parameters<float>{a, b});
  const auto state = optimizer->state().arrays;
  ASSERT_EQ(state.size(), 4U);
  EXPECT_EQ(state[1].slot, "m");
  EXPECT_EQ(state[1].parameter, "0.bias");
  EXPECT_EQ(state[2].slot, "v");
  EXPECT_EQ(state[2].parameter, "0.weight");
  EXPECT_EQ(state[2].tensor.shape(), Shape({2}));
  EXPECT_EQ(optimizer->state_bytes_per_parameter(), 8U);
}

TEST(Optimizer, NamesTheStateThatIsNotThere) {
  const auto optimizer = make("momentum", Parameters<float>{parameter<float>({1})});
  EXPECT_EQ(message<UnknownName>([&] { optimizer->state("m", "w"); }),
            "momentum: no state 'm of w' (did you mean 'v of w'?)");
}

TEST(Optimizer, RefusesParametersThatCannotBe) {
  const auto w = parameter<float>({1});
  const auto refusal = [](const Parameters<float>& parameters) {
    return message<InputError>([&] { make("sgd", parameters); });
  };
  EXPECT_EQ(refusal({}), "sgd: there is no parameter to optimize; give at least one");
  EXPECT_EQ(refusal({w, nullptr}), "sgd: a parameter is null; each must point to a Parameter");
  EXPECT_EQ(refusal({w, parameter<float>({2}, "b"), w}),
            "sgd: parameter 'w' is given twice; a tensor that is shared must be given once");
}

TEST(Optimizer, RefusesAGradientOfAnotherSize) {
  const auto w = parameter<float>({1, 2, 3});
  const auto optimizer = make("sgd", Parameters<float>{w});
  w->grad = Tensor<float>::zeros({2});
  w->has_grad = true;
  EXPECT_EQ(message<ShapeError>([&] { optimizer->step(); }),
            "sgd: parameter 'w' of shape [3] has a gradient of shape [2]; "
            "both must keep the shape the optimizer was made with");
  EXPECT_EQ(optimizer->steps(), 0U);
}

TEST(Optimizer, RefusesAValueThatGrew) {
  const auto w = parameter<float>({1, 2, 3});
  const auto optimizer = make("momentum", Parameters<float>{w});
  w->value = Tensor<float>::zeros({4});
  w->grad = Tensor<float>::zeros({4});
  w->has_grad = true;
  EXPECT_THROW(optimizer->step(), ShapeError);
}

}  // namespace
}  // namespace ravine::optim::testing
