#include "ravine/nn/module.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "nn/residual.hpp"
#include "nn/support.hpp"
#include "ravine/autograd/reduce.hpp"
#include "ravine/nn/sequential.hpp"

namespace ravine::nn {
namespace {

using ::testing::ElementsAre;
using testing::Residual;

template <class Named>
std::vector<std::string> names_of(const std::vector<Named>& items) {
  std::vector<std::string> names;
  for (const auto& [name, item] : items) names.push_back(name);
  return names;
}

TEST(Module, OfAUsersOwnNamesItsMembers) {
  Residual<float> module(3);
  const Members<float> members = module.members();
  EXPECT_THAT(names_of(members.parameters),
              ElementsAre("inner.weight", "inner.bias", "norm.weight", "norm.bias", "scale"));
  EXPECT_THAT(names_of(members.buffers), ElementsAre("norm.running_mean", "norm.running_var"));
  EXPECT_EQ(members.modules.size(), 4U);
  EXPECT_EQ(module.parameter_count(), 9U + 3 + 3 + 3 + 3);
}

TEST(Module, NamesGoAsDeepAsModulesDo) {
  Sequential<float> outer;
  outer.add(Linear<float>(3, 3));
  outer.add(Sequential<float>(Residual<float>(3)));
  EXPECT_THAT(names_of(outer.members().parameters),
              ElementsAre("0.weight", "0.bias", "1.0.inner.weight", "1.0.inner.bias",
                          "1.0.norm.weight", "1.0.norm.bias", "1.0.scale"));
  // The parameters themselves carry the path, for messages and for an optimizer's state.
  EXPECT_EQ(outer.parameters().back()->name, "1.0.scale");
}

TEST(Module, ParametersAreTheMembersThemselves) {
  Residual<double> module(2);
  const auto parameters = module.parameters();
  EXPECT_EQ(parameters.back(), module.scale.parameter());
  parameters.back()->value.fill(0);
  const Tensor<double> x({2, 2}, {1, 2, 3, 4});
  EXPECT_EQ(module(x).value().to_vector(), x.to_vector());
}

TEST(Module, GradientsReachEveryParameter) {
  Residual<double> module(2);
  const Variable<double> y = module(Tensor<double>({3, 2}, {1, 2, -3, 4, 0, 1}));
  sum(y * y).backward();
  for (const auto& parameter : module.parameters()) EXPECT_TRUE(parameter->has_grad);
}

TEST(Module, TheModeReachesEveryModule) {
  Sequential<float> model;
  model.add(Residual<float>(2));
  for (const bool training : {false, true}) {
    model.train(training);
    for (const Module<float>* module : model.members().modules)
      EXPECT_EQ(module->training(), training);
  }
  model.eval();
  EXPECT_FALSE(model.training());
  const Tensor<float> x({1, 2}, {3, -4});
  EXPECT_EQ(model(x).value().to_vector(), model(x).value().to_vector());
}

TEST(Module, NamesTheMemberThatIsNoParameter) {
  Sequential<float> model{Residual<float>(2)};
  Residual<float> constant(2);
  constant.scale = Tensor<float>::ones({2});
  model.add(std::move(constant));
  EXPECT_EQ(testing::message<InputError>([&] { model.parameters(); }),
            "module: '1.scale' is no parameter (make it by ravine::parameter)");
}

TEST(Module, MovesWithItsParameters) {
  Residual<float> module(2);
  module.eval();
  const Tensor<float> x({1, 2}, {3, -4});
  const auto before = module(x).value().to_vector();
  const auto parameters = module.parameters();
  Residual<float> moved = std::move(module);
  EXPECT_FALSE(moved.training());
  EXPECT_EQ(moved(x).value().to_vector(), before);
  EXPECT_EQ(moved.parameters(), parameters);
}

}  // namespace
}  // namespace ravine::nn
