#include "ravine/lab/amplification.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "ravine/tensor/error.hpp"
#include "support/throws.hpp"

namespace ravine::lab {
namespace {

using test::message;
using testing::AllOf;
using testing::HasSubstr;

double factor(AmplifyingRule rule, double g1, double g2, const optim::Settings& settings = {}) {
  const Factors result = factors(amplifier(rule, settings), std::array{g1}, std::array{g2});
  EXPECT_LT(result.max_closed_form_error, 1e-14);
  EXPECT_NEAR(result.run[0], result.closed_form[0], 1e-14 * std::abs(result.run[0]) + 1e-15);
  return result.run[0];
}

TEST(Amplification, OfMomentumIsTheMemoryOfTheFirstGradient) {
  constexpr auto rule = AmplifyingRule::momentum;
  EXPECT_DOUBLE_EQ(factor(rule, 1, 1), 1.9);
  EXPECT_DOUBLE_EQ(factor(rule, 0, 3), 1);
  EXPECT_NEAR(factor(rule, 1, -1), 0.1, 1e-15);  // they nearly cancel
  EXPECT_DOUBLE_EQ(factor(rule, 4, -2), -0.8);   // the step goes against the second gradient
  EXPECT_DOUBLE_EQ(factor(rule, 1, 2, {{"momentum", 0.5}}), 1.25);
  EXPECT_DOUBLE_EQ(factor(rule, 1, 1, {{"lr", 7}}), 1.9);
}

TEST(Amplification, OfAnAdaptiveRateIsOneOverTheRootOfTheSquares) {
  constexpr auto rule = AmplifyingRule::adaptive;
  // alpha (1 - alpha) + (1 - alpha) = 0.09 + 0.1; 0.0099 + 0.01 at the default 0.99.
  EXPECT_DOUBLE_EQ(factor(rule, 1, 1, {{"alpha", 0.9}, {"eps", 0}}), 1 / std::sqrt(0.19));
  EXPECT_DOUBLE_EQ(factor(rule, 1, 1), 1 / (std::sqrt(0.0199) + 1e-8));
  EXPECT_DOUBLE_EQ(factor(rule, 3, -4, {{"alpha", 0.9}, {"eps", 0.5}}),
                   1 / (std::sqrt(0.09 * 9 + 0.1 * 16) + 0.5));
  EXPECT_DOUBLE_EQ(factor(rule, 3, -4, {{"alpha", 0.9}, {"eps", 0.5}, {"eps_inside_root", true}}),
                   1 / std::sqrt(0.09 * 9 + 0.1 * 16 + 0.5));
}

TEST(Amplification, OfAdamIsBothWithAndWithoutCorrection) {
  // Two steps of Kingma and Ba's algorithm 1, written out.
  const double g1 = 2, g2 = -0.5, beta1 = 0.9, beta2 = 0.999, eps = 1e-8;
  const double m = beta1 * (1 - beta1) * g1 + (1 - beta1) * g2;
  const double v = beta2 * (1 - beta2) * g1 * g1 + (1 - beta2) * g2 * g2;
  EXPECT_NEAR(factor(AmplifyingRule::adam_uncorrected, g1, g2), m / (std::sqrt(v) + eps) / g2,
              1e-13);
  EXPECT_NEAR(factor(AmplifyingRule::adam, g1, g2),
              m / (1 - 0.81) / (std::sqrt(v / (1 - 0.998001)) + eps) / g2, 1e-13);
  // A steady gradient is brought to a step of 1.
  EXPECT_NEAR(factor(AmplifyingRule::adam, 5, 5), 0.2, 1e-9);
  EXPECT_NEAR(factor(AmplifyingRule::adam, -0.01, -0.01), 100, 1e-3);
}

TEST(Amplification, TheErrorIsTheLargestRelativeToTheTerms) {
  const std::vector<std::optional<ClosedFactor>> closed{ClosedFactor{2, 4}, std::nullopt,
                                                        ClosedFactor{0.1, 0.5}};
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(largest_factor_error(std::vector{2.0, nan, 0.1}, closed), 0);
  EXPECT_NEAR(largest_factor_error(std::vector{2 + 4e-6, nan, 0.1 - 1e-6}, closed), 2e-6, 1e-15);
  EXPECT_TRUE(std::isnan(largest_factor_error(std::vector{2.0, nan, nan}, closed)));

  // Momentum's 1.9 after 1 of 1, of terms 0.9 and 1, beside a closed form that is 1.9e-6 off.
  Amplifier off = amplifier(AmplifyingRule::momentum, {});
  off.closed_form = [](double, double) { return ClosedFactor{1.9 + 1.9e-6, 1.9}; };
  EXPECT_NEAR(factors(off, std::array{1.0}, std::array{1.0}).max_closed_form_error, 1e-6, 1e-15);
}

TEST(Amplification, BiasCorrectionIsAFactor) {
  EXPECT_NEAR(second_step_correction({}), 0.2353, 0.00005);
  for (const double g1 : {-2.0, 0.3, 1.0})
    for (const double g2 : {-1.0, 0.7}) {
      const optim::Settings exact{{"eps", 0}};
      EXPECT_NEAR(factor(AmplifyingRule::adam, g1, g2, exact) /
                      factor(AmplifyingRule::adam_uncorrected, g1, g2, exact),
                  second_step_correction({}), 1e-12);
    }
  EXPECT_NEAR(second_step_correction({{"beta1", 0.5}, {"beta2", 0.8}}), 0.6 / 0.75, 1e-15);
}

TEST(Amplification, MapIsWhatEachPointGives) {
  const AmplificationOptions options{.at = {3, -2}, .columns = 4, .rows = 3, .range = 6};
  const Amplification result = amplification(options);
  EXPECT_THAT(result.g1, testing::ElementsAre(-4.5, -1.5, 1.5, 4.5));
  EXPECT_THAT(result.g2, testing::ElementsAre(-4, 0, 4));
  ASSERT_EQ(result.rules.size(), 4U);
  for (const RuleAmplification& one : result.rules) {
    EXPECT_EQ(one.at.run[0], factor(one.rule, 3, -2));
    for (std::size_t column = 0; column < 4; ++column) {
      const double g1 = result.g1[column];
      EXPECT_EQ(one.slice.run[column], factor(one.rule, g1, -2));
      EXPECT_EQ(one.map.run[column], factor(one.rule, g1, -4));
      EXPECT_TRUE(std::isnan(one.map.run[4 + column]));
      EXPECT_EQ(one.map.run[8 + column], factor(one.rule, g1, 4));
    }
    EXPECT_LT(one.map.max_closed_form_error, 1e-14);
  }
}

TEST(Amplification, ClosedFormsHoldOverTheWholeMap) {
  for (const RuleAmplification& one : amplification({.columns = 101, .rows = 99}).rules) {
    EXPECT_LT(one.map.max_closed_form_error, 1e-13) << name_of(one.rule);
    std::size_t blank = 0;
    for (const double value : one.map.run) blank += std::isnan(value) ? 1 : 0;
    EXPECT_EQ(blank, 101U);  // the row in the middle, where g2 is 0
  }
}

TEST(Amplification, SettingsAreOfTheRegisteredRule) {
  const Amplification result =
      amplification({.rule = AmplifyingRule::adam_uncorrected, .settings = {{"beta1", 0.5}}});
  const auto at = [&](AmplifyingRule rule) {
    return result.rules[static_cast<std::size_t>(rule)].at.run[0];
  };
  EXPECT_NEAR(at(AmplifyingRule::adam_uncorrected), 0.75 / std::sqrt(0.001999), 1e-4);
  EXPECT_NEAR(at(AmplifyingRule::adam), 1, 1e-7);
  EXPECT_DOUBLE_EQ(at(AmplifyingRule::momentum), 1.9);
  EXPECT_DOUBLE_EQ(result.correction_factor, std::sqrt(1 - 0.998001) / 0.75);
  EXPECT_EQ(result.chosen().rule, AmplifyingRule::adam_uncorrected);
}

TEST(Amplification, RulesGoByTheirNames) {
  for (const std::string& name : amplifying_rule_names())
    EXPECT_EQ(name_of(amplifying_rule_named(name)), name);
  EXPECT_EQ(amplifying_rule_named("adaptive"), AmplifyingRule::adaptive);
  EXPECT_EQ(message<UnknownName>([] { amplifying_rule_named("adma"); }),
            "amplification: there is no rule 'adma' (did you mean 'adam'?)");
}

TEST(Amplification, RefusesWhatHasNoFactor) {
  const auto refusal = [](const AmplificationOptions& options) {
    return message<InputError>([&] { amplification(options); });
  };
  EXPECT_THAT(refusal({.at = {1, 0}}), HasSubstr("the second gradient is 0"));
  EXPECT_THAT(refusal({.at = {std::numeric_limits<double>::infinity(), 1}}),
              HasSubstr("from 1e-75 to 1e+75, inf and 1 were given"));
  EXPECT_THAT(refusal({.at = {1, 1e-80}}), HasSubstr("1 and 1e-80 were given"));
  EXPECT_THAT(refusal({.columns = 1}), AllOf(HasSubstr("from 2 to 1000 cells, 1 was given")));
  EXPECT_THAT(refusal({.rows = 1001}), HasSubstr("1001 was given"));
  EXPECT_THAT(refusal({.range = 0}),
              HasSubstr("range of the gradients must be from 1e-75 to 1e+75, 0 was"));
  EXPECT_EQ(refusal({.settings = {{"amsgrad", true}}}),
            "amplification: the closed form of adam has no place for amsgrad=true (leave it at "
            "false)");
  EXPECT_THAT(refusal({.rule = AmplifyingRule::adaptive, .settings = {{"centered", true}}}),
              HasSubstr("rmsprop has no place for centered=true"));
  for (const auto rule : {AmplifyingRule::adam, AmplifyingRule::adam_uncorrected})
    EXPECT_EQ(refusal({.rule = rule, .settings = {{"bias_correction", true}}}),
              "amplification: bias_correction=true is not a setting here but what adam and "
              "adam-uncorrected differ by (name the rule)");
  EXPECT_THAT(refusal({.settings = {{"lr", 0}}}), HasSubstr("lr must be above 0"));
  EXPECT_THAT(refusal({.settings = {{"beta3", 0}}}), HasSubstr("beta3"));
  EXPECT_THAT(refusal({.settings = {{"beta2", 1}}}), HasSubstr("beta2"));
}

}  // namespace
}  // namespace ravine::lab
