#include "ravine/optim/optimizer.hpp"

#include <gmock/gmock.h>
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

TEST(Optimizer, AStepThatIsRefusedMovesNoGroup) {
  const auto weight = parameter<double>({1, 2}, "weight");
  const auto bias = parameter<double>({3}, "bias");
  const auto optimizer =
      make("nadam", Parameters<double>{weight, bias}, {}, {{"bias", {{"lr", 1.0}}}});
  give_gradient(*weight, std::vector<double>{1, 1});
  bias->grad = Tensor<double>::ones({2});
  bias->has_grad = true;
  const State<double> before = optimizer->state();
  EXPECT_THROW(optimizer->step(), ShapeError);
  EXPECT_EQ(values(*weight), (std::vector<double>{1, 2}));
  EXPECT_EQ(optimizer->state().running, before.running);
  EXPECT_EQ(optimizer->state("m", "weight").to_vector(), (std::vector<double>{0, 0}));
}

TEST(Optimizer, AStateIsACopy) {
  const auto w = parameter<double>({1});
  const auto optimizer = make("momentum", Parameters<double>{w});
  step(*optimizer, std::vector<double>{2});
  const State<double> saved = optimizer->state();
  step(*optimizer, std::vector<double>{2});
  EXPECT_EQ(saved.arrays[0].tensor[0], 2);
  EXPECT_EQ(optimizer->state().arrays[0].tensor[0], 0.9 * 2 + 2);
}

TEST(Optimizer, TheStateOfAnotherRuleIsRefused) {
  const Parameters<double> w{parameter<double>({1})};
  const State<double> saved = make("adam", w)->state();
  EXPECT_EQ(message<InputError>([&] { make("radam", w)->restore(saved); }),
            "radam: the state is one of adam, not of radam");
}

TEST(Optimizer, AStateHasTheArraysOfWhatWasSetMeanwhile) {
  const auto w = parameter<double>({1});
  const auto optimizer = make("sgd", Parameters<double>{w});
  optimizer->set("momentum", 0.5);
  for (int i = 0; i < 2; ++i) step(*optimizer, std::vector<double>{2});
  const auto resumed_w = parameter<double>(values(*w));
  const auto resumed = make("sgd", Parameters<double>{resumed_w});
  resumed->restore(optimizer->state());
  resumed->set("momentum", 0.5);
  step(*optimizer, std::vector<double>{2});
  step(*resumed, std::vector<double>{2});
  EXPECT_EQ(values(*resumed_w), values(*w));
}

TEST(Optimizer, ARunningNumberOutOfItsRangeIsRefused) {
  const auto w = parameter<double>({1});
  const auto optimizer = make("nadam", Parameters<double>{w});
  step(*optimizer, std::vector<double>{2});
  const State<double> before = optimizer->state();
  State<double> saved = before;
  saved.running[0][0].value = 5;
  EXPECT_TRUE(test::throws<InputError>([&] { optimizer->restore(saved); },
                                       ::testing::HasSubstr("5 was given")));
  EXPECT_EQ(optimizer->state().running, before.running);
}

TEST(Optimizer, AStartFollowsTheFieldUntilTheFirstStep) {
  const auto w = parameter<double>({1});
  const auto optimizer = make("rprop", Parameters<double>{w});
  optimizer->set("lr", 0.5);
  step(*optimizer, std::vector<double>{2});
  EXPECT_EQ(w->value[0], 0.5);
  optimizer->set("lr", 0.125);
  step(*optimizer, std::vector<double>{2});
  EXPECT_DOUBLE_EQ(w->value[0], 0.5 - 1.2 * 0.5);
}

TEST(Optimizer, ThereIsNoGroupBehindTheLast) {
  const auto optimizer = make("sgd", Parameters<double>{parameter<double>({1})});
  EXPECT_EQ(message<InputError>([&] { optimizer->get("lr", 1); }),
            "sgd: there is no group 1, there are 1");
}

TEST(GradientNorm, IsNotLimitedByTheSquaresOfAFloat) {
  const auto w = parameter<float>({0, 0});
  const auto optimizer = make("sgd", Parameters<float>{w});
  give_gradient(*w, std::vector<double>{3e30, 4e30});
  EXPECT_NEAR(optimizer->gradient_norm() / 5e30, 1, 1e-6);
  give_gradient(*w, std::vector<double>{3e-30, 4e-30});
  EXPECT_NEAR(optimizer->gradient_norm() / 5e-30, 1, 1e-6);
  give_gradient(*w, std::vector<double>{0, 0});
  EXPECT_EQ(optimizer->gradient_norm(), 0);
}

}  // namespace
}  // namespace ravine::optim::testing
