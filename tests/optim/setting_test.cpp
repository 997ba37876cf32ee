#include "ravine/optim/setting.hpp"

#include <gtest/gtest.h>

#include "ravine/tensor/text.hpp"
#include "support/throws.hpp"

namespace ravine::optim::testing {
namespace {

using test::message;

TEST(Setting, ReadsNumbersAndFlags) {
  EXPECT_EQ(parse_setting("eps=1e-8"), (Setting{"eps", 1e-8}));
  EXPECT_EQ(parse_setting("lr=-0.5"), (Setting{"lr", -0.5}));
  EXPECT_EQ(parse_setting("bias_correction=false"), (Setting{"bias_correction", false}));
  EXPECT_EQ(parse_setting("centered=true"), (Setting{"centered", true}));
}

TEST(Setting, PrintsTheShortestTextThatReadsBack) {
  EXPECT_EQ(text(Setting{"lr", 0.1}), "lr=0.1");
  EXPECT_EQ(text(Setting{"eps", 1e-8}), "eps=1e-08");
  EXPECT_EQ(text(Value(false)), "false");
  EXPECT_EQ(text(Value(3)), "3");
  const Setting third{"lr", 1.0 / 3};
  EXPECT_EQ(parse_setting(text(third)), third);
}

TEST(Setting, RefusesWhatIsNotNameEqualsValue) {
  const auto refusal = [](const char* setting) {
    return message<InputError>([&] { parse_setting(setting); });
  };
  EXPECT_EQ(refusal("lr"), "setting 'lr' must be name=value, such as lr=0.01");
  EXPECT_EQ(refusal("=3"), "setting '=3' must be name=value, such as lr=0.01");
  EXPECT_EQ(refusal(""), "setting '' must be name=value, such as lr=0.01");
  EXPECT_EQ(refusal("lr="), "setting 'lr=': '' must be a number, true or false");
  EXPECT_EQ(refusal("lr=fast"), "setting 'lr=fast': 'fast' must be a number, true or false");
  EXPECT_EQ(refusal("lr=1e-3x"), "setting 'lr=1e-3x': '1e-3x' must be a number, true or false");
  EXPECT_EQ(refusal("lr=1e999"),
            "setting 'lr=1e999': '1e999' must lie within a double's range, about 1e-308 to 1e308");
}

}  // namespace
}  // namespace ravine::optim::testing
