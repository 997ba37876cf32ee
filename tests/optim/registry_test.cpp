#include "ravine/optim/registry.hpp"

#include <gtest/gtest.h>

#include "optim/one_tensor.hpp"
#include "optim/sign_descent.hpp"
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

TEST(Registry, RefusesANameThatIsTaken) {
  EXPECT_EQ(message<InputError>([] { register_rule<Adam>(); }),
            "optimizer 'adam' is registered already; a rule's name must be its own");
}

}  // namespace
}  // namespace ravine::optim::testing
