#include "ravine/compare/complete_settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ravine/optim/registry.hpp"
#include "ravine/tensor/error.hpp"
#include "support/throws.hpp"

namespace ravine::compare {
namespace {

using optim::Settings;
using testing::HasSubstr;

TEST(CompleteSettings, AreTheDefaultsThenTheSpecThenThePoint) {
  EXPECT_EQ(complete_settings({"momentum"}, {}),
            (Settings{{"lr", 0.01}, {"momentum", 0.9}, {"weight_decay", 0.0}}));
  EXPECT_EQ(complete_settings({"momentum", {{"momentum", 0.5}, {"lr", 0.2}}}, {{"lr", 0.3}}),
            (Settings{{"lr", 0.3}, {"momentum", 0.5}, {"weight_decay", 0.0}}));
}

TEST(CompleteSettings, TakeOtherNamesAndAValueWithoutOne) {
  EXPECT_EQ(complete_settings({"momentum", {{"", 0.5}, {"beta", 0.7}}}, {}),
            (Settings{{"lr", 0.5}, {"momentum", 0.7}, {"weight_decay", 0.0}}));
}

TEST(CompleteSettings, KeepTheKindOfAField) {
  const Settings settings = complete_settings({"adam", {{"amsgrad", 1}}}, {});
  const auto amsgrad = std::ranges::find(settings, "amsgrad", &optim::Setting::name);
  EXPECT_EQ(amsgrad->value, optim::Value(true));
}

TEST(CompleteSettings, KnowEveryRule) {
  for (const optim::RuleInfo& rule : optim::rules()) {
    const Settings settings = complete_settings({std::string(rule.about.name)}, {{"lr", 0.125}});
    ASSERT_EQ(settings.size(), rule.fields.size());
    for (std::size_t i = 0; i < settings.size(); ++i)
      EXPECT_EQ(settings[i].value,
                settings[i].name == "lr" ? optim::Value(0.125) : rule.fields[i].standard)
          << rule.about.name << ' ' << settings[i].name;
  }
}

TEST(CompleteSettings, RefuseANameThatNobodyKnows) {
  EXPECT_TRUE(test::throws<UnknownName>([] { complete_settings({"adma"}, {}); },
                                        HasSubstr("did you mean 'adam'")));
  EXPECT_TRUE(test::throws<UnknownName>(
      [] {
        complete_settings({"momentum", {{"momentun", 0.5}}}, {});
      },
      HasSubstr("unknown hyper-parameter 'momentun' (did you mean 'momentum'?)")));
}

}  // namespace
}  // namespace ravine::compare
