#include "ravine/lab/descent_settings.hpp"

#include <gtest/gtest.h>

#include "ravine/autograd/reduce.hpp"
#include "ravine/optim/make.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::lab {
namespace {

TEST(RuleSettings, AreBothByName) {
  EXPECT_EQ(text(optim::Spec{.name = "momentum", .settings = rule_settings({.lr = 0.25})}),
            "momentum:lr=0.25,momentum=0");
}

TEST(DescentSettings, AreThoseOfTheUpdate) {
  const optim::Spec rule = descent_settings({.lr = 0.25, .momentum = 0.5});
  const auto w = parameter(Tensor<double>({1}, {8.0}));
  const auto optimizer =
      optim::make<double>(rule.name, Parameters<double>{w.parameter()}, rule.settings);
  // Gradients 4 and 4: v = 4, then 0.5 * 4 + 4.
  for (const double expected : {8 - 0.25 * 4, 8 - 0.25 * 4 - 0.25 * 6}) {
    optimizer->zero_grad();
    sum(4.0 * w).backward();
    optimizer->step();
    EXPECT_DOUBLE_EQ(w.value()[0], expected);
  }
}

}  // namespace
}  // namespace ravine::lab
