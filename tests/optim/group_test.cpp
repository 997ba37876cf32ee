#include "ravine/optim/group.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "optim/one_tensor.hpp"
#include "support/throws.hpp"

namespace ravine::optim::testing {
namespace {

using test::message;
using ::testing::ElementsAre;

Parameters<float> named(const std::vector<std::string>& names) {
  Parameters<float> parameters;
  for (const std::string& name : names) parameters.push_back(parameter<float>({1}, name));
  return parameters;
}

const std::vector<std::string> two_layers{"0.weight", "0.bias", "1.weight", "1.bias"};

std::vector<std::string> names_of(const Parameters<float>& parameters) {
  std::vector<std::string> names;
  for (const auto& p : parameters) names.push_back(p->name);
  return names;
}

TEST(Group, IsReadFromText) {
  const Group group = parse_group("*.bias:weight_decay=0,lr=1e-3");
  EXPECT_EQ(group.pattern, "*.bias");
  EXPECT_EQ(group.settings, (Settings{{"weight_decay", 0}, {"lr", 1e-3}}));
  EXPECT_EQ(parse_group("0.weight:nesterov=true").settings, (Settings{{"nesterov", true}}));
  EXPECT_EQ(parse_group(" *.bias: lr=1").pattern, "*.bias");
}

TEST(Group, HasAPatternThatMayHoldColons) {
  const Group group = parse_group("[[:digit:]].bias:lr=0");
  EXPECT_EQ(group.pattern, "[[:digit:]].bias");
  EXPECT_EQ(group.settings, (Settings{{"lr", 0}}));
  EXPECT_EQ(grouped(named(two_layers), {group}).ends.front(), 2U);
}

TEST(Group, RefusesTextThatIsNone) {
  const auto refusal = [](const char* text) {
    return message<InputError>([&] { parse_group(text); });
  };
  EXPECT_EQ(refusal("*.bias"), "group '*.bias' sets nothing; write it as *.bias:weight_decay=0");
  EXPECT_EQ(refusal("[[:digit:]].bias"),
            "group '[[:digit:]].bias' sets nothing; write it as *.bias:weight_decay=0");
  EXPECT_EQ(refusal("*.bias:lr=fast"),
            "'*.bias:lr=fast': setting 'lr=fast': 'fast' must be a number, true or false");
  EXPECT_EQ(refusal(":lr=1"), "':lr=1' must be a name, or name:setting=value,...");
}

TEST(Group, WithoutAnyAllParametersAreOne) {
  const auto result = grouped(named(two_layers), {});
  EXPECT_EQ(names_of(result.parameters), two_layers);
  EXPECT_THAT(result.ends, ElementsAre(4));
  EXPECT_THAT(result.settings, ElementsAre(Settings{}));
}

TEST(Group, ThoseThatMatchStandBehindTheOthersInTheirOrder) {
  const Settings none{{"weight_decay", 0}};
  const auto result = grouped(named(two_layers), {{"*.bias", none}});
  EXPECT_THAT(names_of(result.parameters), ElementsAre("0.weight", "1.weight", "0.bias", "1.bias"));
  EXPECT_THAT(result.ends, ElementsAre(2, 4));
  EXPECT_THAT(result.settings, ElementsAre(Settings{}, none));
}

TEST(Group, ThereIsNoneForTheRestWhereAllMatch) {
  const auto result = grouped(named(two_layers), {{"*", {{"lr", 1}}}});
  EXPECT_EQ(names_of(result.parameters), two_layers);
  EXPECT_THAT(result.ends, ElementsAre(4));
  EXPECT_THAT(result.settings, ElementsAre(Settings{{"lr", 1}}));
}

TEST(Group, PatternsHaveStarsQuestionMarksAndSets) {
  const auto matched = [](const char* pattern) {
    const auto result = grouped(named({"0.weight", "1.weight", "12.weight", "0.bias", "bias"}),
                                {{pattern, {{"lr", 1}}}});
    return names_of(
        {result.parameters.begin() + std::ptrdiff_t(result.ends[0]), result.parameters.end()});
  };
  EXPECT_THAT(matched("*bias"), ElementsAre("0.bias", "bias"));
  EXPECT_THAT(matched("*.bias"), ElementsAre("0.bias"));
  EXPECT_THAT(matched("?.weight"), ElementsAre("0.weight", "1.weight"));
  EXPECT_THAT(matched("[1-9]*.weight"), ElementsAre("1.weight", "12.weight"));
  EXPECT_THAT(matched("[0]*"), ElementsAre("0.weight", "0.bias"));
  EXPECT_THAT(matched("1.weight"), ElementsAre("1.weight"));
}

TEST(Group, LaterOnesAddToEarlierOnesAndOverrideThem) {
  const Groups groups{{"*.bias", {{"weight_decay", 0}, {"lr", 0.5}}}, {"1.*", {{"lr", 0.25}}}};
  const auto result = grouped(named(two_layers), groups);
  EXPECT_THAT(names_of(result.parameters), ElementsAre("0.weight", "0.bias", "1.weight", "1.bias"));
  EXPECT_THAT(result.ends, ElementsAre(1, 2, 3, 4));

  const auto optimizer = make("sgd:weight_decay=0.1,lr=1", named(two_layers), {}, groups);
  ASSERT_EQ(optimizer->groups(), 4U);
  const auto settings = [&](std::size_t group) {
    return std::pair(optimizer->get("lr", group).number(),
                     optimizer->get("weight_decay", group).number());
  };
  EXPECT_EQ(settings(0), std::pair(1.0, 0.1));
  EXPECT_EQ(settings(1), std::pair(0.5, 0.0));
  EXPECT_EQ(settings(2), std::pair(0.25, 0.1));
  EXPECT_EQ(settings(3), std::pair(0.25, 0.0));
}

TEST(Group, SetsOneOrAll) {
  const auto optimizer = make("sgd", named(two_layers), {}, {{"*.bias", {{"lr", 0.5}}}});
  optimizer->set("lr", 0.25, 1);
  EXPECT_EQ(optimizer->get("lr"), Value(0.01));
  EXPECT_EQ(optimizer->get("lr", 1), Value(0.25));
  optimizer->set("lr", 2);
  EXPECT_EQ(optimizer->get("lr", 0), Value(2));
  EXPECT_EQ(optimizer->get("lr", 1), Value(2));
}

TEST(Group, MovesItsParametersByItsOwnHyperParameters) {
  const auto parameters = named({"0.weight", "0.bias"});
  const auto optimizer = make("sgd:lr=0.5", parameters, {}, {{"*.bias", {{"lr", 0.125}}}});
  for (const auto& p : parameters) give_gradient(*p, std::vector<double>{1});
  optimizer->step();
  EXPECT_EQ(parameters[0]->value[0], 0.5);
  EXPECT_EQ(parameters[1]->value[0], 0.875);
}

TEST(Group, OffersTheNearestNameForOneThatMatchesNothing) {
  const auto refusal = [](const char* pattern) {
    return message<InputError>([&] { grouped(named(two_layers), {{pattern, {{"lr", 1}}}}); });
  };
  EXPECT_EQ(refusal("0.wieght"),
            "group '0.wieght' matches no parameter (did you mean '0.weight'?)");
  EXPECT_EQ(refusal("*.gamma"),
            "group '*.gamma' matches no parameter "
            "(known: 0.weight, 0.bias, 1.weight, 1.bias)");
}

TEST(Group, RefusesWhatTheRuleDoesNotAllow) {
  const auto refusal = [](const Settings& settings) {
    return message<InputError>([&] { make("sgd", named(two_layers), {}, {{"*.bias", settings}}); });
  };
  EXPECT_EQ(refusal({{"momentum", 1}}), "sgd: momentum must be in [0, 1), 1 was given");
  EXPECT_EQ(refusal({{"moment", 0.5}}),
            "sgd: unknown hyper-parameter 'moment' (did you mean 'momentum'?)");
}

}  // namespace
}  // namespace ravine::optim::testing
