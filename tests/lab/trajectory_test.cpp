// Trajectories of typed functions against iterates that other programs computed
// (tests/support/reference_cases.hpp says which) and against the texts' printed figures.
#include "ravine/lab/trajectory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "ravine/autograd/reduce.hpp"
#include "ravine/lab/expression.hpp"
#include "ravine/optim/registry.hpp"
#include "ravine/tensor/error.hpp"
#include "support/reference_cases.hpp"

namespace ravine::lab {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;

const Expression ellipse("3*w1^2 + 10*w2^2");
const std::vector<double> ellipse_start{-15, 20};

TEST(Trajectory, MomentumIsWhereTheTextPrints) {
  const Trajectory run = trajectory(
      ellipse, ellipse_start,
      {.optimizer = "momentum", .settings = {{"lr", 0.001}, {"momentum", 0.9}}, .steps = 2});
  ASSERT_EQ(run.points.size(), 3U);
  EXPECT_THAT(run.points[0], ElementsAre(-15, 20));
  EXPECT_EQ(run.values[0], 4675);
  EXPECT_NEAR(run.points[2][0], -14.74, 0.005);
  EXPECT_NEAR(run.points[2][1], 18.85, 0.005);
  EXPECT_FALSE(run.diverged);
}

TEST(Trajectory, RmspropIsWhereTheTextPrints) {
  const Trajectory run = trajectory(
      ellipse, ellipse_start,
      {.optimizer = "rmsprop",
       .settings = {{"lr", 0.05}, {"alpha", 0.9}, {"eps", 1e-8}, {"eps_inside_root", true}},
       .steps = 2});
  EXPECT_NEAR(run.points[2][0], -14.73, 0.005);
  EXPECT_NEAR(run.points[2][1], 19.73, 0.005);
}

TEST(Trajectory, FollowsTheReferencesForEveryRule) {
  const std::map<std::string, Expression> functions{
      {"ellipse", ellipse},
      {"rosenbrock", Expression("(1 - w1)^2 + 100*(w2 - w1^2)^2")},
      {"scaled_quadratic",
       Expression(
           "1/2*(w1^2 + w2^2/2 + w3^2/4 + w4^2/8 + w5^2/16 + w6^2/32 + w7^2/64 + w8^2/128)")}};
  std::map<std::string, int> followed;
  for (const json& c : test::reference_cases()) {
    const auto function = functions.find(c["problem"]);
    if (function == functions.end()) continue;
    const json& problem = test::reference("trajectories.json")["problems"][function->first];
    const std::vector<double> start = problem["w0"];
    for (const test::NamedRule& rule : test::rules_of(c)) {
      SCOPED_TRACE(rule.name + c["options"].dump() + c["problem"].dump());
      const TrajectoryOptions options{
          .optimizer = rule.name, .settings = rule.settings, .steps = c["steps"]};
      const Trajectory run = trajectory(function->second, start, options);
      ASSERT_EQ(run.values.size(), options.steps + 1);
      // Here rounding grows; tests/optim/trajectory_test.cpp tells why.
      if (rule.name == "rmsprop" && c["options"].value("weight_decay", 0.0) == 0.02) continue;
      for (const json& point : c["trajectory"]) {
        const std::size_t step = point["step"];
        for (std::size_t i = 0; i < start.size(); ++i) {
          const double theirs = point["w"][i];
          ASSERT_NEAR(run.points[step][i], theirs, 1e-10 * std::abs(theirs)) << "step " << step;
        }
        // A difference dw moves f by up to |df/dw| dw, which near a minimum is much relative to f.
        const double f = point["f"];
        ASSERT_NEAR(run.values[step], f, 1e-9 * std::abs(f) + 1e-12) << "step " << step;
      }
      ++followed[rule.name];
    }
  }
  for (const optim::RuleInfo& rule : optim::rules()) {
    if (rule.scope != optim::Scope::all_parameters) {
      EXPECT_GE(followed[std::string(rule.about.name)], 3) << rule.about.name;
    }
  }
}

TEST(Trajectory, TakesAFunctionOfTheProgramsOwn) {
  // On |w|^2 / 2 each step of gradient descent with rate 1/2 halves the point.
  const Trajectory run =
      trajectory([](const Variable<double>& w) { return 0.5 * sum(w * w); },
                 std::vector<double>{8, -4}, {.settings = {{"lr", 0.5}}, .steps = 3});
  EXPECT_THAT(run.points, ElementsAre(ElementsAre(8, -4), ElementsAre(4, -2), ElementsAre(2, -1),
                                      ElementsAre(1, -0.5)));
  EXPECT_THAT(run.values, ElementsAre(40, 10, 2.5, 0.625));
}

TEST(Trajectory, OfNoStepsIsTheStart) {
  const Trajectory run = trajectory(ellipse, ellipse_start, {.steps = 0});
  EXPECT_THAT(run.points, ElementsAre(ElementsAre(-15, 20)));
  EXPECT_FALSE(run.diverged);
}

TEST(Trajectory, EndsWhereTheValueIsNoLongerFinite) {
  // w <- (1 - 2 lr) w = -3 w, and w^2 = 9^k is a double up to k = 323 (2^1024 is 9^323.03).
  const Trajectory run = trajectory(Expression("w1^2"), std::vector<double>{1},
                                    {.settings = {{"lr", 2}}, .steps = 1000});
  EXPECT_TRUE(run.diverged);
  EXPECT_EQ(run.values.size(), 324U);
  EXPECT_EQ(run.points.size(), run.values.size());
  EXPECT_TRUE(std::isfinite(run.values.back()));
}

TEST(Trajectory, EndsWhereThePointIsNoLongerFinite) {
  // The slope of sqrt at 0 is infinite.
  const Trajectory run =
      trajectory(Expression("exp(sqrt(w1))"), std::vector<double>{0}, {.steps = 10});
  EXPECT_TRUE(run.diverged);
  EXPECT_EQ(run.values.size(), 1U);
  // The first step leads to infinity, where the value, 0, looks harmless.
  const Trajectory harmless = trajectory(Expression("exp(-exp(w1))*1e300"), std::vector<double>{0},
                                         {.settings = {{"lr", 1e300}}, .steps = 3});
  EXPECT_TRUE(harmless.diverged);
  EXPECT_EQ(harmless.values.size(), 1U);
}

TEST(Trajectory, StaysWhereTheFunctionIsFlat) {
  const Trajectory run = trajectory(Expression("w1^0"), std::vector<double>{3}, {.steps = 2});
  EXPECT_THAT(run.points, ElementsAre(ElementsAre(3), ElementsAre(3), ElementsAre(3)));
  // The weight decay acts even where the gradient is 0: w <- (1 - 0.1 * 0.5) w.
  const Trajectory decayed =
      trajectory(Expression("w1^0"), std::vector<double>{4},
                 {.settings = {{"lr", 0.1}, {"weight_decay", 0.5}}, .steps = 1});
  EXPECT_NEAR(decayed.points[1][0], 3.8, 1e-15);
}

template <class Exception = InputError>
std::string error_of(const Expression& function, const std::vector<double>& start,
                     const TrajectoryOptions& options = {}) {
  try {
    trajectory(function, start, options);
  } catch (const Exception& error) {
    return error.what();
  }
  return "nothing was thrown";
}

TEST(TrajectoryErrors, SayWhatWouldBeRight) {
  EXPECT_EQ(error_of<ShapeError>(ellipse, {1, 2, 3}),
            "function: its highest variable is w2, but the point has 3 numbers (give 2)");
  EXPECT_EQ(error_of<ShapeError>(ellipse, {1}),
            "function: its highest variable is w2, but the point has 1 number (give 2)");
  EXPECT_THAT(error_of<ShapeError>(ellipse, {}), HasSubstr("the point has 0 numbers (give 2)"));
  EXPECT_EQ(error_of(ellipse, {1, std::numeric_limits<double>::quiet_NaN()}),
            "start: number 2 is nan, but finite numbers are needed");
  EXPECT_EQ(error_of(Expression("1/w1"), {0}),
            "start: the function's value there is inf (start where it is finite)");
  EXPECT_THAT(error_of<UnknownName>(ellipse, ellipse_start, {.optimizer = "momentun"}),
              HasSubstr("did you mean 'momentum'?"));
  EXPECT_THAT(error_of(ellipse, ellipse_start, {.settings = {{"lr", -1}}}), HasSubstr("lr"));
  EXPECT_THAT(error_of<UnknownName>(ellipse, ellipse_start, {.settings = {{"momentun", 0.9}}}),
              HasSubstr("did you mean 'momentum'?"));
}

}  // namespace
}  // namespace ravine::lab
