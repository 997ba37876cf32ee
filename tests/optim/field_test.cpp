#include "ravine/optim/field.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "optim/one_tensor.hpp"
#include "ravine/tensor/text.hpp"
#include "support/throws.hpp"

namespace ravine::optim::testing {
namespace {

using test::message;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::string refusal(std::string_view rule, const Settings& settings) {
  return message<InputError>(
      [&] { make(rule, Parameters<float>{parameter<float>({1})}, settings); });
}

TEST(Range, KnowsItsEnds) {
  EXPECT_TRUE(below_one.contains(0));
  EXPECT_FALSE(below_one.contains(1));
  EXPECT_FALSE(below_one.contains(-1e-300));
  EXPECT_FALSE(non_negative.contains(infinity));
  EXPECT_FALSE(non_negative.contains(nan));
  EXPECT_EQ(text(below_one), "[0, 1)");
  EXPECT_EQ(text(Range{.has_low = false, .has_high = true}), "(0, inf]");
}

TEST(Field, RefusesNumbersOutOfRange) {
  EXPECT_EQ(refusal("adam", {{"beta1", 1.5}}), "adam: beta1 must be in [0, 1), 1.5 was given");
  EXPECT_EQ(refusal("sgd", {{"lr", -1}}), "sgd: lr must be in [0, inf), -1 was given");
  EXPECT_EQ(refusal("sgd", {{"lr", nan}}), "sgd: lr must be in [0, inf), nan was given");
  EXPECT_EQ(refusal("sgd", {{"lr", true}}), "sgd: lr must be in [0, inf), true was given");
}

TEST(Field, RefusesWhatIsNoFlag) {
  EXPECT_EQ(refusal("adam", {{"bias_correction", 0.5}}),
            "adam: bias_correction must be true or false, 0.5 was given");
}

TEST(Field, TakesOneAndZeroForFlags) {
  EXPECT_FALSE(configured<Adam>({{"bias_correction", 0}}).bias_correction);
  EXPECT_TRUE(configured<Adam>({{"eps_inside_root", 1}}).eps_inside_root);
}

TEST(Field, OffersTheNearestNameOfThatRule) {
  EXPECT_EQ(message<UnknownName>([] {
              configured<Adam>({{"beta_1", 0.9}});
            }),
            "adam: unknown hyper-parameter 'beta_1' (did you mean 'beta1'?)");
  EXPECT_EQ(message<UnknownName>([] {
              configured<Sgd>({{"beta1", 0.9}});
            }),
            "sgd: unknown hyper-parameter 'beta1' (known: lr, momentum, dampening, weight_decay, "
            "nesterov)");
}

TEST(Field, TheLastSettingOfANameHolds) {
  EXPECT_EQ((configured<Sgd>({{"lr", 1}, {"lr", 2}}).lr), 2);
}

TEST(Field, TypedConstructionIsCheckedToo) {
  EXPECT_EQ(message<InputError>([] {
              make(Adam{.lr = 1e-2, .beta2 = 1}, Parameters<double>{parameter<double>({1})});
            }),
            "adam: beta2 must be in [0, 1), 1 was given");
}

}  // namespace
}  // namespace ravine::optim::testing
