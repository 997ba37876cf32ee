// Every rule in the registry descends, and converges where theory says that it can; no rule is
// named here. Its own rate would be too small for one problem and too large for another, so a
// rule is asked for some rate that serves.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "optim/conforming.hpp"
#include "optim/descent.hpp"
#include "ravine/optim/registry.hpp"

namespace ravine::optim::testing {
namespace {

template <class T>
class Convergence : public ::testing::Test {};
TYPED_TEST_SUITE(Convergence, Scalars);

enum class Rate { constant, falling };

/// How much of the start's distance from the least value remains after some steps, at a rate that
/// is constant or falls to 0 in equal parts.
template <class T>
double remaining(const RuleInfo& rule, const test::AnalyticProblem& problem, double lr, Rate rate,
                 int steps) {
  Descent<T> descent(rule.about.name, problem, without_decay(rule, {{"lr", lr}}));
  const double gap = problem.value(problem.start) - problem.least;
  for (int i = 0; i < steps; ++i) {
    if (rate == Rate::falling) descent.optimizer().set("lr", lr * (1 - double(i) / steps));
    descent.step();
    // What is lost by now saves time.
    if (i % 50 == 0 && !(descent.value() < 1e6 * gap)) break;
  }
  return (descent.value() - problem.least) / gap;
}

struct Best {
  double remaining = std::numeric_limits<double>::infinity();
  double lr = 0;
};

/// The first of the rates, from 30 down to 1e-5 in quarters of a decade, that leaves less than
/// `enough`; the best, if none does.
template <class T>
Best search_rate(const RuleInfo& rule, const test::AnalyticProblem& problem, Rate rate, int steps,
                 double enough) {
  Best best;
  for (double exponent = 1.5; exponent >= -5 && !(best.remaining < enough); exponent -= 0.25) {
    const double lr = std::pow(10, exponent);
    const double here = remaining<T>(rule, problem, lr, rate, steps);
    if (here < best.remaining) best = {here, lr};
  }
  return best;
}

TYPED_TEST(Convergence, EveryRuleDescendsTheEllipseWithItsDefaults) {
  const test::AnalyticProblem& ellipse = test::analytic_problem("ellipse");
  for (const RuleInfo& rule : rules()) {
    Descent<TypeParam> descent(rule.about.name, ellipse);
    descent.step(100);
    EXPECT_LT(descent.value(), ellipse.value(ellipse.start)) << rule.about.name;
  }
}

TYPED_TEST(Convergence, EveryRuleDescendsEveryProblem) {
  constexpr double enough = 0.1;
  for (const RuleInfo& rule : rules())
    for (const test::AnalyticProblem& problem : test::analytic_problems()) {
      const Best best = search_rate<TypeParam>(rule, problem, Rate::constant, 1500, enough);
      EXPECT_LT(best.remaining, enough)
          << rule.about.name << ", " << problem.name << ", best lr " << best.lr;
    }
}

// A rate that falls to 0 while its sum grows without bound suffices for (sub)gradient methods on
// convex functions (Nesterov, 2004, Introductory Lectures on Convex Optimization, section 3.2.3),
// and for those that divide by past gradients (Reddi et al., 2018) where the function is smooth
// and every gradient exact.
TYPED_TEST(Convergence, EveryRuleConvergesOnConvexProblemsAtAFallingRate) {
  constexpr double enough = 1e-4;
  for (const RuleInfo& rule : rules())
    for (const test::AnalyticProblem& problem : test::analytic_problems()) {
      if (!problem.convex) continue;
      const Best best = search_rate<TypeParam>(rule, problem, Rate::falling, 3000, enough);
      EXPECT_LT(best.remaining, enough)
          << rule.about.name << ", " << problem.name << ", best lr " << best.lr;
    }
}

}  // namespace
}  // namespace ravine::optim::testing
