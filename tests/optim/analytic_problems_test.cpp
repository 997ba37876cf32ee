// What other tests take for granted of the catalogue.
#include "support/analytic_problems.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "ravine/tensor/random.hpp"

namespace ravine::test {
namespace {

using Vector = std::vector<double>;

Vector gradient(const AnalyticProblem& problem, const Vector& w) {
  Vector g(w.size());
  problem.evaluate(w, g);
  return g;
}

Vector moved(Vector w, Generator& generator, double by) {
  for (double& x : w) x += by * generator.normal();
  return w;
}

TEST(AnalyticProblems, GradientsAgreeWithCentralDifferences) {
  Generator generator(1);
  for (const AnalyticProblem& problem : analytic_problems()) {
    const Vector w = moved(problem.start, generator, 0.5);
    const Vector g = gradient(problem, w);
    for (std::size_t i = 0; i < w.size(); ++i) {
      constexpr double h = 1e-5;
      Vector up = w, down = w;
      up[i] += h;
      down[i] -= h;
      const double difference = (problem.value(up) - problem.value(down)) / (2 * h);
      EXPECT_NEAR(g[i], difference, 1e-6 * (1 + std::abs(g[i]))) << problem.name << ' ' << i;
    }
  }
}

TEST(AnalyticProblems, NothingIsBelowTheMinima) {
  Generator generator(2);
  for (const AnalyticProblem& problem : analytic_problems()) {
    EXPECT_GT(problem.value(problem.start), problem.least) << problem.name;
    for (const Vector& minimum : problem.minima) {
      EXPECT_NEAR(problem.value(minimum), problem.least, 1e-20) << problem.name;
      for (const double x : gradient(problem, minimum)) EXPECT_NEAR(x, 0, 1e-12) << problem.name;
      for (const double by : {1e-3, 0.1, 1.0, 3.0})
        for (int draw = 0; draw < 20; ++draw)
          EXPECT_GT(problem.value(moved(minimum, generator, by)), problem.least) << problem.name;
    }
  }
}

TEST(AnalyticProblems, ConvexOnesLieBelowTheirChords) {
  Generator generator(3);
  for (const AnalyticProblem& problem : analytic_problems()) {
    if (!problem.convex) continue;
    for (int draw = 0; draw < 50; ++draw) {
      const Vector a = moved(problem.start, generator, 3);
      const Vector b = moved(problem.start, generator, 3);
      Vector middle(a.size());
      for (std::size_t i = 0; i < a.size(); ++i) middle[i] = (a[i] + b[i]) / 2;
      EXPECT_LE(problem.value(middle), (problem.value(a) + problem.value(b)) / 2) << problem.name;
    }
  }
}

TEST(AnalyticProblems, AQuadraticIsConditionedAsItSays) {
  // Along H e_i the gradient is lambda_i times the point; lambda is 1 first and 1 / 100 last.
  const AnalyticProblem problem = quadratic(20, 100);
  for (const auto& [axis, eigenvalue] : {std::pair<std::size_t, double>{0, 1}, {19, 0.01}}) {
    Vector u(20, -0.1);
    u[axis] += 1;
    const Vector g = gradient(problem, u);
    for (std::size_t i = 0; i < u.size(); ++i) EXPECT_NEAR(g[i], eigenvalue * u[i], 1e-14);
  }
}

}  // namespace
}  // namespace ravine::test
