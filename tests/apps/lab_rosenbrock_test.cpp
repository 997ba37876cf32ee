#include <cmath>

#include "apps/command.hpp"
#include "support/browser.hpp"

namespace ravine::apps {
namespace {

TEST(LabRosenbrock, PrintsTheBoundAndHowTheRulesStandToIt) {
  const Json json = ravine_json(words("lab rosenbrock --kappa 100 --n 200 --steps 100"));
  EXPECT_EQ(json["command"], "lab rosenbrock");
  EXPECT_TRUE(json["version"].is_string());
  EXPECT_EQ(json["kappa"], 100);
  EXPECT_EQ(json["steps"], 100);
  const Json& bound = json["lower_bound"];
  ASSERT_EQ(bound.size(), 101U);
  // ((sqrt kappa - 1) / (sqrt kappa + 1))^(k + 1); the chain's end is far.
  for (std::size_t k = 0; k <= 100; ++k)
    EXPECT_NEAR(bound[k].get<double>() / std::pow(9.0 / 11.0, static_cast<double>(k) + 1), 1,
                1e-12);
  Words in_class;
  for (const Json& method : json["methods"]) {
    SCOPED_TRACE(method["name"]);
    ASSERT_EQ(method["error"].size(), 101U);
    if (method["linear_first_order"]) in_class.push_back(method["name"]);
    if (!method["diagonal"]) continue;
    EXPECT_FALSE(method["beats_bound"]);
    for (std::size_t k = 0; k <= 100; ++k)
      EXPECT_GE(method["error"][k].get<double>(), bound[k].get<double>());
  }
  EXPECT_EQ(json["methods"].size(), 18U);
  EXPECT_EQ(in_class, Words({"sgd", "momentum", "nesterov"}));
  EXPECT_EQ(json["methods"][17]["name"], "lbfgs");
  EXPECT_EQ(json["methods"][17]["linear_first_order"], false);
  EXPECT_EQ(json["methods"][17]["diagonal"], false);
  EXPECT_GT(json["methods"][17]["gradients"][100], 100);
  const Json& momentum = json["methods"][1];
  EXPECT_EQ(momentum["name"], "momentum");
  EXPECT_EQ(momentum["chosen_by"], "theory");
  EXPECT_NEAR(momentum["settings"]["momentum"], std::pow(9.0 / 11.0, 2), 1e-3);
}

TEST(LabRosenbrock, JudgesARuleOfAPlugin) {
  const Json json = ravine_json(words("lab rosenbrock --n 30 --steps 20 --plugin",
                                      {std::string(RAVINE_PLUGINS) + "/libmine.so"}));
  ASSERT_EQ(json["methods"].size(), 19U);
  const Json& mine = json["methods"][18];
  EXPECT_EQ(mine["name"], "mine");
  EXPECT_EQ(mine["linear_first_order"], false);
  EXPECT_EQ(mine["diagonal"], true);
  EXPECT_EQ(mine["beats_bound"], false);
  EXPECT_EQ(mine["chosen_by"], "search");
}

TEST(LabRosenbrock, SaysWhatItFound) {
  const Process process = ravine(words("lab rosenbrock"));
  EXPECT_EQ(process.status, 0) << process.err;
  EXPECT_THAT(unbroken(process.out),
              AllOf(HasSubstr("Of the 3 linear first-order rules, sgd, momentum and nesterov, none "
                              "beats this bound"),
                    HasSubstr("nearest to the minimum in the end is momentum, with an "
                              "error of 1.577e-09, the bound itself"),
                    HasSubstr("Outside the class are 15: adagrad, "),
                    HasSubstr("yogi, lamb, lion, rprop and lbfgs."),
                    HasSubstr("14 of them leave a number at 0 until its first gradient that is "
                              "not 0: the bound holds there, too, and none beats it"),
                    HasSubstr("lbfgs took 152 gradients for its 100 steps"),
                    HasSubstr("no method of the class has a better rate"),
                    HasSubstr("the learning rate is the best of 13 from 0.001 to 10")));
  EXPECT_THAT(unbroken(ravine(words("lab rosenbrock --n 5 --steps 9")).out),
              HasSubstr("the end of the chain at step 5"));
  EXPECT_THAT(unbroken(ravine(words("lab rosenbrock --kappa 1e8")).out),
              HasSubstr("The chain is short"));
  EXPECT_THAT(unbroken(ravine(words("lab rosenbrock --kappa 2 --n 20 --steps 30")).out),
              Not(AnyOf(HasSubstr("The chain is short"), HasSubstr("has a better rate"))));
  // What is left is rounding, and not so many times the bound.
  EXPECT_THAT(unbroken(ravine(words("lab rosenbrock --kappa 1.01 --n 20 --steps 10")).out),
              Not(HasSubstr(" times the bound")));
  EXPECT_THAT(unbroken(ravine(words("lab rosenbrock --steps 1")).out), HasSubstr("after 1 step "));
}

TEST(LabRosenbrock, FactorsNear0And1AreNotRoundedAway) {
  // sqrt(1 + x) is 1 + x / 2, so the bound goes down by x / 4.
  EXPECT_THAT(unbroken(ravine(words("lab rosenbrock --kappa 1.0000000001")).out),
              AllOf(HasSubstr("too small for a number of double precision after 100 steps and "
                              "2.5e-11 times that after each further step"),
                    Not(HasSubstr("0.0000"))));
  // (r - 1) / (r + 1) is 1 - 2 / (r + 1), with r = 1e6 here.
  EXPECT_THAT(unbroken(ravine(words("lab rosenbrock --kappa 1e12")).out),
              HasSubstr("and 1−2e-06 times that after each further step"));
}

TEST(LabRosenbrock, PrintsStepsAsCsv) {
  const Process process = ravine(words("lab rosenbrock --n 20 --steps 10 --csv"));
  EXPECT_EQ(process.status, 0) << process.err;
  EXPECT_THAT(process.out, StartsWith("step,lower_bound,sgd,momentum,nesterov,adagrad,"));
  EXPECT_EQ(std::ranges::count(process.out, '\n'), 12);
}

TEST(LabRosenbrock, ItsPageIsDrawn) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  const test::Visit visit = test::quiet_visit(page_of("lab rosenbrock --n 30 --steps 20"));
  const auto errors = test::figure_of(visit.dom, "No rule is nearer to the minimum than the bound");
  EXPECT_THAT(test::labels_of(errors, "dashed"),
              AllOf(SizeIs(21), Contains(StartsWith("lower bound, gradients computed 0, largest "
                                                    "error 0.8182"))));
  EXPECT_THAT(test::labels_of(errors, "line"),
              Contains(StartsWith("momentum, gradients computed 20,")));
  const auto cone = test::figure_of(visit.dom, "Word travels one place a step");
  EXPECT_THAT(std::string(cone), AllOf(HasSubstr("data:image/png"), HasSubstr("size of w_i")));
}

TEST(LabRosenbrock, RefusesWhatCannotBe) {
  const auto with = [](const std::string& options) { return words("lab rosenbrock " + options); };
  EXPECT_TRUE(refused(with("--kappa 0.5"), {"kappa must be a number above 1", "0.5 was given"}));
  EXPECT_TRUE(refused(with("--kappa 1"), {"kappa must be a number above 1"}));
  EXPECT_TRUE(refused(with("--kappa=-4"), {"kappa must be a number above 1"}));
  EXPECT_TRUE(refused(with("--kappa 1e13"), {"at most 1e+12, 1e+13 was given"}));
  EXPECT_TRUE(refused(with("--kappa nan"), {"kappa must be a number above 1"}));
  EXPECT_TRUE(refused(with("--n 1"), {"n must be from 2 to 2000, 1 was given"}));
  EXPECT_TRUE(refused(with("--n 0"), {"n must be from 2 to 2000, 0 was given"}));
  EXPECT_TRUE(refused(with("--steps 2001"), {"steps must be from 1 to 2000"}));
  EXPECT_TRUE(refused(with("--csv --json"), {"--csv and --json exclude each other"}));
  EXPECT_TRUE(refused(with("--report /nowhere/a.html"), {"/nowhere"}));
}

}  // namespace
}  // namespace ravine::apps
