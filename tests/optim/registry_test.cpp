#include "ravine/optim/registry.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "optim/one_tensor.hpp"
#include "optim/sign_descent.hpp"
#include "ravine/optim/common_fields.hpp"
#include "ravine/tensor/text.hpp"
#include "support/throws.hpp"

namespace ravine::optim::testing {
namespace {

using test::message;

TEST(Registry, ListsTheRulesSimpleBeforeComplex) {
  std::vector<std::string_view> names;
  for (const RuleInfo& rule : rules())
    if (rule.scope != Scope::all_parameters) names.push_back(rule.about.name);
  ASSERT_GE(names.size(), 17U);
  names.resize(17);  // then those of the tests
  EXPECT_EQ(names, (std::vector<std::string_view>{"sgd", "momentum", "nesterov", "adagrad",
                                                  "rmsprop", "adadelta", "adam", "amsgrad", "adamw",
                                                  "adamax", "nadam", "radam", "adabelief", "yogi",
                                                  "lamb", "lion", "rprop"}));
}

TEST(Registry, OffersTheNearestName) {
  EXPECT_EQ(message<UnknownName>([] { find_rule("adma"); }),
            "unknown optimizer 'adma' (did you mean 'adam'?)");
  EXPECT_NE(message<UnknownName>([] {
              find_rule("newton-raphson");
            }).find("unknown optimizer 'newton-raphson' (known: sgd, momentum, nesterov, "),
            std::string::npos);
}

TEST(Registry, TellsWhatHelpPrints) {
  const RuleInfo& adam = find_rule("adam");
  EXPECT_EQ(adam.fields[1].name, "beta1");
  EXPECT_EQ(adam.fields[1].standard, Value(0.9));
  EXPECT_EQ(adam.fields[1].range, "[0, 1)");
  EXPECT_EQ(adam.fields[7].standard, Value(true));
  EXPECT_EQ(adam.fields[7].range, "true or false");
  ASSERT_EQ(adam.slots.size(), 3U);
  EXPECT_EQ(adam.slots[0].name, "m");
  EXPECT_EQ(adam.slots[2].name, "v_max");
  EXPECT_EQ(adam.slots[2].kept_with, "amsgrad");
  EXPECT_FALSE(adam.slots[2].by_default);
  EXPECT_EQ(state_bytes_per_parameter(adam, sizeof(float)), 8U);
  EXPECT_EQ(full_formula(find_rule("sgd")),
            "g ← g + λ w\nv ← β v + (1 − τ) g            v ← g at t = 1 and where β = 0\n"
            "w ← w − lr v                   nesterov: w ← w − lr (g + β v)");
}

TEST(Registry, TakesTheUsersOwnRule) {
  const auto w = parameter<double>({1, 1, 1});
  const auto optimizer = make("sign_descent", Parameters<double>{w}, {{"lr", 0.5}});
  step(*optimizer, std::vector<double>{3, -0.1, 0});
  EXPECT_EQ(values(*w), (std::vector<double>{0.5, 1.5, 1}));
  EXPECT_EQ(optimizer->state("steps_up", "w").to_vector(), (std::vector<double>{0, 1, 0}));
}

TEST(Registry, AppliesDecoupledDecayBesideTheUpdate) {
  // The sign of the gradient alone counts, so a coupled decay could not shrink w by lr λ w.
  const auto w = parameter<double>({2});
  const auto optimizer =
      make("sign_descent", Parameters<double>{w}, {{"lr", 0.5}, {"weight_decay", 0.25}});
  step(*optimizer, std::vector<double>{3});
  EXPECT_EQ(w->value[0], 2 - 0.5 * 0.25 * 2 - 0.5);
  EXPECT_EQ(full_formula(find_rule("sign_descent")), "w ← w − lr λ w\nw ← w − lr sign(g)");
}

/// The sources of the library and the command, without the lines that have a comment.
std::string sources() {
  namespace fs = std::filesystem;
  std::string all;
  for (const char* folder : {"lib/ravine", "apps"})
    for (const auto& entry :
         fs::recursive_directory_iterator(fs::path(RAVINE_SOURCE_DIR) / folder)) {
      const fs::path& file = entry.path();
      if (file.extension() != ".hpp" && file.extension() != ".cpp") continue;
      if (file.parent_path().filename() == "examples") continue;  // they use rules as others do
      std::ifstream in(file);
      for (std::string line; std::getline(in, line);)
        if (line.find("//") == std::string::npos) all += line + '\n';  // comments may give examples
    }
  return all;
}

std::size_t count_of(const std::string& part, const std::string& text) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST(Registry, AHyperParametersNameStandsInItsTableRowAlone) {
  const std::string all = sources();
  std::set<std::string_view> names;
  for (const RuleInfo& rule : rules())
    for (const FieldInfo& field : rule.fields) names.insert(field.name);
  ASSERT_GT(names.size(), 20U);
  for (const std::string_view name : names) {
    const bool names_a_rule =
        std::ranges::any_of(rules(), [&](const RuleInfo& rule) { return rule.about.name == name; });
    EXPECT_EQ(count_of(text('"', name, '"'), all), names_a_rule ? 2U : 1U) << name;
  }
}

/// What registering a rule throws that is like the user's own but for some change.
std::string refusal(void (*change)(RuleInfo&)) {
  RuleInfo rule = info_of<SignDescent>();
  rule.about.name = "almost_sign_descent";
  change(rule);
  return message<InputError>([&] { register_rule(rule); });
}

TEST(Registry, RefusesANameThatNobodyCouldType) {
  for (const auto& [change, name] :
       {std::pair<void (*)(RuleInfo&), std::string>{[](RuleInfo& rule) { rule.about.name = ""; },
                                                    ""},
        {[](RuleInfo& rule) { rule.about.name = "My Rule"; }, "My Rule"},
        {[](RuleInfo& rule) { rule.about.name = "a:b"; }, "a:b"}})
    EXPECT_EQ(refusal(change),
              "optimizer '" + name + "': a rule's name must be of a-z, 0-9 and _ alone");
}

TEST(Registry, RefusesATableThatLacksARow) {
  EXPECT_EQ(refusal([](RuleInfo& rule) { rule.fields.erase(rule.fields.begin()); }),
            "optimizer 'almost_sign_descent' has no field 'lr'; every rule needs its learning rate "
            "in its table");
  EXPECT_EQ(refusal([](RuleInfo& rule) { rule.fields.pop_back(); }),
            "optimizer 'almost_sign_descent' has a weight decay and no field 'weight_decay'; put "
            "it in its table");
}

TEST(Registry, RefusesANameThatStandsTwiceInATable) {
  EXPECT_EQ(refusal([](RuleInfo& rule) { rule.fields.push_back(rule.fields.front()); }),
            "optimizer 'almost_sign_descent' has two fields 'lr'; give one of them another name");
  EXPECT_EQ(refusal([](RuleInfo& rule) { rule.fields.back().alias = "lr"; }),
            "optimizer 'almost_sign_descent' has two fields 'lr'; give one of them another name");
  EXPECT_EQ(refusal([](RuleInfo& rule) { rule.slots.push_back(rule.slots.front()); }),
            "optimizer 'almost_sign_descent' has two slots 'steps_up'; give one of them another "
            "name");
}

/// A rule whose default its own table does not allow.
struct NegativeByDefault {
  double lr = -1;

  static constexpr About about{"negative_by_default", "a summary", "w ← w − lr g", "this file"};
  static constexpr Field<NegativeByDefault> fields[] = {lr_field(&NegativeByDefault::lr)};
  template <class T>
  auto at(Step) const {
    return [lr = T(lr)](auto& w, auto g) { w -= lr * g; };
  }
};

TEST(Registry, RefusesADefaultOutOfItsRange) {
  EXPECT_EQ(message<InputError>([] { register_rule<NegativeByDefault>(); }),
            "negative_by_default: lr must be in [0, inf), -1 was given");
  EXPECT_THROW(find_rule("negative_by_default"), UnknownName);
}

TEST(Registry, RefusesANameThatIsTaken) {
  EXPECT_EQ(message<InputError>([] { register_rule<Adam>(); }),
            "optimizer 'adam' is registered already; a rule's name must be its own");
}

}  // namespace
}  // namespace ravine::optim::testing
