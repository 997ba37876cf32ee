// L-BFGS against PyTorch's iterates, of which data/lbfgs_trajectories.py says where they are from,
// and what it promises beside them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

#include "optim/descent.hpp"
#include "ravine/optim/lbfgs_optimizer.hpp"
#include "support/allocations.hpp"
#include "support/throws.hpp"

namespace ravine::optim::testing {
namespace {

using nlohmann::json;
using test::analytic_problem;
using test::message;

const json& reference() {
  static const json data =
      json::parse(std::ifstream(RAVINE_TEST_DATA "/optim/data/lbfgs_trajectories.json"));
  return data;
}

Settings settings_of(const json& reference_case) {
  Settings settings;
  for (const auto& [name, value] : reference_case["options"].items())
    settings.push_back(
        {name, value.is_boolean() ? Value(value.get<bool>()) : Value(value.get<double>())});
  return settings;
}

/// A case of the reference, at its start.
template <class T>
Descent<T> descent(const json& reference_case) {
  const std::string problem = reference_case["problem"];
  const std::vector<double> start = reference()["starts"][problem];
  return {"lbfgs", analytic_problem(problem), settings_of(reference_case), {}, {}, start};
}

double running(const Optimizer<double>& optimizer, std::string_view name) {
  const Settings numbers = optimizer.state().running.front();
  return std::ranges::find(numbers, name, &Setting::name)->value.number();
}

TEST(Lbfgs, FollowsPyTorchInDouble) {
  for (const json& c : reference()["cases"]) {
    SCOPED_TRACE(c["problem"].dump() + c["options"].dump());
    Descent<double> run = descent<double>(c);
    for (const json& theirs : c["steps"]) {
      run.step();
      ASSERT_EQ(running(run.optimizer(), "iterations"), theirs["iterations"].get<double>());
      ASSERT_EQ(running(run.optimizer(), "evaluations"), theirs["evaluations"].get<double>());
      const std::vector<double> w = theirs["w"];
      // The addend is of coordinates that are 0 but for the rounding of the steps that led there.
      for (std::size_t i = 0; i < w.size(); ++i)
        ASSERT_NEAR(run.point()[i], w[i], 1e-10 * std::abs(w[i]) + 1e-14);
    }
  }
}

TEST(Lbfgs, FollowsPyTorchInFloatBeforeRoundingGrows) {
  for (const json& c : reference()["cases"]) {
    SCOPED_TRACE(c["problem"].dump() + c["options"].dump());
    if (c["options"].value("max_iter", 20) > 2) continue;
    Descent<float> run = descent<float>(c);
    for (std::size_t step = 0; step < 3; ++step) {
      run.step();
      const std::vector<double> w = c["steps"][step]["w"];
      for (std::size_t i = 0; i < w.size(); ++i)
        ASSERT_NEAR(run.point()[i], w[i], 1e-3 * std::abs(w[i]) + 1e-5) << step;
    }
  }
}

TEST(Lbfgs, EndsOnAQuadraticAfterAsManyIterationsAsItHasDimensions) {
  // First points far beyond make the search go by its cubic, which is exact here. With exact
  // searches the iterates are those of conjugate gradients (Nocedal and Wright, 2006, theorem 6.4).
  for (const std::size_t n : {2U, 4U, 6U}) {
    const test::AnalyticProblem problem = test::quadratic(n, 20);
    Descent<double> run("lbfgs", problem, {{"lr", 1000}, {"max_iter", 1}, {"tolerance_change", 0}});
    run.step(static_cast<int>(n) - 1);
    EXPECT_GT(run.value(), 1e-6) << n;
    run.step();
    EXPECT_LT(run.value(), 1e-16) << n;
  }
}

TEST(Lbfgs, ReachesMinimaThatFirstOrderRulesCrawlTo) {
  for (const char* name : {"rosenbrock", "beale"}) {
    const test::AnalyticProblem& problem = analytic_problem(name);
    Descent<double> run("lbfgs", problem, {{"tolerance_change", 0}});
    run.step(4);
    for (std::size_t i = 0; i < problem.start.size(); ++i)
      EXPECT_NEAR(run.point()[i], problem.minima[0][i], 1e-7) << name;
  }
}

TEST(Lbfgs, TreatsCutParametersAsOne) {
  const test::AnalyticProblem& problem =
      analytic_problem("convex rosenbrock of 10, condition number 100");
  Descent<double> whole("lbfgs", problem), cut("lbfgs", problem, {}, {1, 7});
  whole.step(3);
  cut.step(3);
  EXPECT_EQ(whole.point(), cut.point());
}

TEST(Lbfgs, ContinuesASavedStateBitForBit) {
  const test::AnalyticProblem& problem = analytic_problem("rosenbrock");
  for (const bool search : {true, false})
    for (const int steps : {0, 1, 7}) {
      const Settings settings{
          {"strong_wolfe", search}, {"max_iter", 2}, {"history_size", 3}, {"lr", 0.01}};
      Descent<float> run("lbfgs", problem, settings, {1});
      run.step(steps);
      Descent<float> resumed("lbfgs", problem, settings, {1}, {}, run.point());
      resumed.optimizer().restore(run.optimizer().state());
      EXPECT_EQ(resumed.optimizer().steps(), static_cast<Step>(steps));
      run.step(5);
      resumed.step(5);
      EXPECT_EQ(run.point(), resumed.point());
      EXPECT_EQ(run.optimizer().state().running, resumed.optimizer().state().running);
    }
}

TEST(Lbfgs, KeepsAsManyPairsAsItIsTold) {
  Descent<double> run("lbfgs", analytic_problem("rosenbrock"),
                      {{"max_iter", 1}, {"history_size", 4}});
  EXPECT_TRUE(run.optimizer().state().arrays.empty());
  run.step(10);
  EXPECT_EQ(run.optimizer().state().arrays.size(), 2U + 2U * 4U);
  EXPECT_EQ(run.optimizer().state_bytes_per_parameter(), 10 * sizeof(double));  // from the start
  EXPECT_EQ(run.optimizer().state("y4", "0.weight").shape(), Shape({2}));
  run.optimizer().set("history_size", 1);
  EXPECT_EQ(run.optimizer().state().arrays.size(), 2U + 2U);
}

TEST(Lbfgs, RefusesAStateThatIsNotItsOwnAndKeepsTheOneItHas) {
  const test::AnalyticProblem& problem = analytic_problem("rosenbrock");
  const Settings settings{{"max_iter", 1}, {"history_size", 2}};
  Descent<double> run("lbfgs", problem, settings), same("lbfgs", problem, settings);
  Descent<double> longer("lbfgs", problem, {{"max_iter", 1}, {"history_size", 5}});
  for (Descent<double>* each : {&run, &same, &longer}) each->step(6);

  const State<double> good = run.optimizer().state();
  const auto refusal = [&](const State<double>& state) {
    return message<InputError>([&] { run.optimizer().restore(state); });
  };
  EXPECT_EQ(refusal(longer.optimizer().state()),
            "lbfgs: the state has 12 arrays and 1 groups; 6 and 1 are needed");
  State<double> bad = copy(good);
  bad.arrays[2].slot = "m";
  EXPECT_EQ(refusal(bad),
            "lbfgs: the state has m of '0.weight' [2] where s1 of '0.weight' [2] is needed");
  bad = copy(good);
  bad.arrays[1].tensor = Tensor<double>::zeros({3});
  EXPECT_NE(refusal(bad).find("gradient of '0.weight' [3] where gradient"), std::string::npos);
  bad = copy(good);
  bad.running[0].back().value = std::nan("");
  EXPECT_NE(refusal(bad).find("step_length must be in [0, inf), nan was given"), std::string::npos);

  run.step(3);
  same.step(3);
  EXPECT_EQ(run.point(), same.point());
}

TEST(Lbfgs, NeedsAClosure) {
  const auto w = parameter<float>({1});
  const auto optimizer = make(Lbfgs{}, Parameters<float>{w});
  EXPECT_TRUE(optimizer->needs_closure());
  EXPECT_EQ(message<StateError>([&] { optimizer->step(); }),
            "lbfgs: a step evaluates the loss several times and needs a closure: "
            "optimizer->step([&] { ...; return loss; })");
  EXPECT_EQ(optimizer->steps(), 0U);
}

TEST(Lbfgs, ReturnsTheLossBeforeTheStep) {
  const test::AnalyticProblem& problem = analytic_problem("ellipse");
  const auto w = parameter<double>(problem.start);
  const auto optimizer = make("lbfgs", Parameters<double>{w});
  const Closure closure = [&] {
    std::vector<double> gradient(2);
    const double loss = problem.evaluate(w->value.values(), gradient);
    give_gradient(*w, gradient);
    return loss;
  };
  EXPECT_EQ(optimizer->step(closure), 4675);
  EXPECT_LT(closure(), 1e-9);
}

TEST(Lbfgs, RefusesHyperParametersOutOfTheirRange) {
  const Parameters<float> w{parameter<float>({1})};
  const auto refusal = [&](std::string_view name, double value) {
    return message<InputError>([&] { make("lbfgs", w, {{std::string(name), value}}); });
  };
  const auto infos = infos_of_fields<Lbfgs>();
  const auto expected = [&](std::string_view name, const char* value) {
    return text("lbfgs: ", name, " must be in ",
                std::ranges::find(infos, name, &FieldInfo::name)->range, ", ", value, " was given");
  };
  EXPECT_EQ(refusal("lr", -1), "lbfgs: lr must be in [0, inf), -1 was given");
  EXPECT_EQ(refusal("tolerance_grad", -0.5),
            "lbfgs: tolerance_grad must be in [0, inf), -0.5 was given");
  for (const char* name : {"max_iter", "history_size"}) {
    EXPECT_EQ(refusal(name, 0), expected(name, "0"));
    EXPECT_EQ(refusal(name, 2.5), expected(name, "2.5"));
  }
  EXPECT_EQ(refusal("max_eval", -1), expected("max_eval", "-1"));
  EXPECT_THROW(make(Lbfgs{.max_iter = 0}, w), InputError);
}

TEST(Lbfgs, RefusesGroupsThatDiffer) {
  const Parameters<float> parameters{parameter<float>({1}, "0.weight"),
                                     parameter<float>({1}, "0.bias")};
  EXPECT_EQ(message<InputError>([&] {
              make("lbfgs", parameters, {}, {{"*.bias", {{"lr", 0.5}}}});
            }),
            "lbfgs: the group with lr=0.5 differs from the rest; all parameters move as one here, "
            "so set it for all");
  const auto optimizer = make("lbfgs:lr=0.5", parameters, {}, {{"*.bias", {{"lr", 0.5}}}});
  optimizer->set("lr", 0.25);
  EXPECT_EQ(optimizer->get("lr", 1).number(), 0.25);
}

TEST(Lbfgs, LeavesAParameterWithoutAGradientAlone) {
  const auto moved = parameter<double>({3}, "moved"), still = parameter<double>({5}, "still");
  const auto optimizer = make("lbfgs", Parameters<double>{still, moved});
  optimizer->step([&] {
    give_gradient(*moved, std::vector<double>{2 * moved->value[0]});
    return moved->value[0] * moved->value[0];
  });
  EXPECT_NEAR(moved->value[0], 0, 1e-7);
  EXPECT_EQ(still->value[0], 5);
}

TEST(Lbfgs, RefusesParametersThatChangedTheirSize) {
  const auto w = parameter<float>({1, 2});
  const auto optimizer = make("lbfgs", Parameters<float>{w});
  const auto step = [&] {
    return message<ShapeError>([&] {
      optimizer->step([&] {
        w->has_grad = true;
        return 1.0;
      });
    });
  };
  w->grad = Tensor<float>::zeros({3});
  EXPECT_NE(step().find("has a gradient of shape [3]"), std::string::npos);
  w->value = Tensor<float>::zeros({3});
  EXPECT_EQ(step(),
            "lbfgs: the parameters have 3 elements, but had 2; "
            "all must keep the shape the optimizer was made with");
}

/// -log(1 - w) - 5 w, which has no value from 1 on and its minimum at 0.8.
double wall(Parameter<double>& w) {
  const double x = w.value[0];
  give_gradient(w, std::vector<double>{1 / (1 - x) - 5});
  return -std::log(1 - x) - 5 * x;
}

TEST(Lbfgs, TurnsBackWhereTheLossIsNotFinite) {
  const auto w = parameter<double>({0});
  const auto optimizer = make("lbfgs", Parameters<double>{w}, {{"lr", 50}});
  optimizer->step([&] { return wall(*w); });
  EXPECT_NEAR(w->value[0], 0.8, 1e-6);
}

TEST(Lbfgs, EndsFixedStepsAtTheLastPointWithALoss) {
  const auto w = parameter<double>({0});
  const auto optimizer =
      make("lbfgs", Parameters<double>{w}, {{"lr", 0.5}, {"strong_wolfe", false}});
  std::vector<double> finite_points;
  optimizer->step([&] {
    const double loss = finite_points.size() == 2 ? std::nan("") : wall(*w);
    if (std::isfinite(loss)) finite_points.push_back(w->value[0]);
    return loss;
  });
  ASSERT_EQ(finite_points.size(), 2U);
  EXPECT_NE(finite_points[0], finite_points[1]);
  EXPECT_EQ(w->value[0], finite_points[1]);
  EXPECT_EQ(running(*optimizer, "step_length"), 0);
}

TEST(Lbfgs, GoesBackWhereTheClosureThrows) {
  const auto w = parameter<double>({-1.2, 1});
  const auto optimizer = make("lbfgs", Parameters<double>{w});
  const test::AnalyticProblem& rosenbrock = analytic_problem("rosenbrock");
  int evaluations = 0;
  std::vector<std::vector<double>> points;
  const Closure closure = [&] {
    if (++evaluations == 6) throw IoError("the data are gone");
    std::vector<double> g(2);
    points.push_back(values(*w));
    const double loss = rosenbrock.evaluate(points.back(), g);
    give_gradient(*w, g);
    return loss;
  };
  EXPECT_THROW(optimizer->step(closure), IoError);
  EXPECT_NE(std::ranges::find(points, values(*w)), points.end());  // one that was reached
  EXPECT_EQ(optimizer->steps(), 0U);
}

TEST(Lbfgs, StaysWhereNothingElseIsFinite) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const bool search : {true, false})
    for (const double loss : {0.5, nan})  // elsewhere; the gradient is not finite there
      for (const bool at_start : {false, true}) {
        const auto w = parameter<double>({2, -3});
        const auto optimizer = make("lbfgs", Parameters<double>{w}, {{"strong_wolfe", search}});
        int evaluations = 0;
        const Closure closure = [&] {
          const bool good = evaluations++ == 0 && !at_start;
          give_gradient(*w, std::vector<double>{good ? 1 : nan, 1});
          return good ? 1 : loss;
        };
        const double returned = optimizer->step(closure);
        EXPECT_EQ(values(*w), (std::vector<double>{2, -3}));
        EXPECT_EQ(std::isnan(returned), at_start && std::isnan(loss));
        EXPECT_LE(evaluations, 27);
      }
}

TEST(Lbfgs, EndsWhereTheLossHasNoBottom) {
  const auto w = parameter<float>({0});
  const auto optimizer = make("lbfgs", Parameters<float>{w});
  int evaluations = 0;
  optimizer->step([&] {
    ++evaluations;
    give_gradient(*w, std::vector<double>{-1});
    return -static_cast<double>(w->value[0]);
  });
  EXPECT_LE(evaluations, 25 + 26);
  EXPECT_TRUE(std::isfinite(w->value[0]));
}

TEST(Lbfgs, AllocatesNothingOnceItsHistoryIsFull) {
  const test::AnalyticProblem& problem =
      analytic_problem("convex rosenbrock of 10, condition number 100");
  Descent<float> run("lbfgs", problem,
                     {{"max_iter", 2}, {"history_size", 2}, {"tolerance_change", 0}});
  run.step(3);
  EXPECT_EQ(test::allocations_of([&] { run.step(); }), 0U);
}

}  // namespace
}  // namespace ravine::optim::testing
