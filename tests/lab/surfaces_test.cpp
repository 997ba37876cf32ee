// The catalogue against finite differences and the rules' recursions by hand, and that it shows
// what it says that it shows.
#include "ravine/lab/surfaces.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include "ravine/lab/arrival.hpp"
#include "ravine/lab/trajectory.hpp"
#include "ravine/optim/spec.hpp"
#include "ravine/tensor/error.hpp"

namespace ravine::lab {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;

using Point = std::vector<double>;

double value_at(const Surface& surface, const Point& point) {
  return Expression(surface.function)(Tensor<double>({point.size()}, point)).item();
}

Trajectory run(const Surface& surface, const optim::Spec& optimizer, std::size_t steps) {
  return trajectory(Expression(surface.function), surface.start,
                    {.optimizer = optimizer.name, .settings = optimizer.settings, .steps = steps});
}

Trajectory run(const Surface& surface, std::string_view optimizer, std::size_t steps) {
  return run(surface, optim::parse_spec(optimizer), steps);
}

double distance(const Point& a, const Point& b) {
  double squares = 0;
  for (std::size_t i = 0; i < a.size(); ++i) squares += (a[i] - b[i]) * (a[i] - b[i]);
  return std::sqrt(squares);
}

/// Where a run ended: the number of the nearest minimum.
std::size_t nearest_minimum(const Surface& surface, const Point& point) {
  std::size_t nearest = 0;
  for (std::size_t i = 1; i < surface.minima.size(); ++i)
    if (distance(surface.minima[i], point) < distance(surface.minima[nearest], point)) nearest = i;
  EXPECT_LT(distance(surface.minima[nearest], point), 1e-3);
  return nearest;
}

bool is_seen(const Surface& surface, const Point& point) {
  for (std::size_t i = 0; i < point.size(); ++i)
    if (point[i] < surface.view[i].low || point[i] > surface.view[i].high) return false;
  return true;
}

TEST(Surfaces, AreThoseOfTheTexts) {
  std::vector<std::string> names;
  for (const Surface& surface : surfaces()) names.push_back(surface.name);
  EXPECT_THAT(names,
              ElementsAre("quadratic", "ellipse", "ravine", "rosenbrock", "himmelblau", "dent"));
  // By hand.
  EXPECT_DOUBLE_EQ(value_at(find_surface("quadratic"), {-5, -2}), 2.5 + 8);
  EXPECT_DOUBLE_EQ(value_at(find_surface("ellipse"), {-15, 20}), 675 + 4000);
  EXPECT_DOUBLE_EQ(value_at(find_surface("rosenbrock"), {-1.2, 1}), 24.2);
  EXPECT_DOUBLE_EQ(value_at(find_surface("himmelblau"), {0, 0}), 121 + 49);
  EXPECT_DOUBLE_EQ(value_at(find_surface("dent"), {2}), 1);
}

TEST(Surfaces, StartAndMinimaLieInView) {
  for (const Surface& surface : surfaces()) {
    SCOPED_TRACE(surface.name);
    const std::size_t dimension = Expression(surface.function).variables();
    ASSERT_EQ(surface.start.size(), dimension);
    ASSERT_EQ(surface.view.size(), dimension);
    EXPECT_TRUE(is_seen(surface, surface.start));
    ASSERT_FALSE(surface.minima.empty());
    for (const Point& minimum : surface.minima) {
      ASSERT_EQ(minimum.size(), dimension);
      EXPECT_TRUE(is_seen(surface, minimum));
      EXPECT_GT(distance(minimum, surface.start), 1);
    }
  }
}

TEST(Surfaces, MinimaAreFlatAndHaveTheLeastValue) {
  constexpr double h = 1e-4;
  for (const Surface& surface : surfaces()) {
    for (const Point& minimum : surface.minima) {
      SCOPED_TRACE(surface.name + testing::PrintToString(minimum));
      EXPECT_NEAR(value_at(surface, minimum), surface.least,
                  1e-18 + 1e-9 * std::abs(surface.least));
      for (std::size_t i = 0; i < minimum.size(); ++i) {
        Point left = minimum, right = minimum;
        left[i] -= h;
        right[i] += h;
        const double below = value_at(surface, left), above = value_at(surface, right);
        const double curvature = (above + below - 2 * surface.least) / (h * h);
        EXPECT_GT(curvature, 0.1);
        // What the third derivative adds, 4e4 h^2 / 6 at most, is less than a shift by h/10 makes.
        EXPECT_LT(std::abs(above - below) / (2 * h), 0.1 * h * curvature + 1e3 * h * h);
      }
    }
  }
}

TEST(Surfaces, NothingIsLowerThanTheMinima) {
  std::mt19937_64 random(1);
  for (const Surface& surface : surfaces()) {
    SCOPED_TRACE(surface.name);
    const auto somewhere = [&] {
      Point point;
      for (const auto& [low, high] : surface.view)
        point.push_back(std::uniform_real_distribution(low, high)(random));
      return point;
    };
    for (int i = 0; i < 2000; ++i) EXPECT_GT(value_at(surface, somewhere()), surface.least);
    // Nor is another point as good: whatever is nearly as low is near a minimum.
    for (int i = 0; i < 20000; ++i) {
      const Point point = somewhere();
      if (value_at(surface, point) > surface.least + 1e-3) continue;
      EXPECT_TRUE(std::ranges::any_of(surface.minima, [&](const Point& minimum) {
        return distance(minimum, point) < 0.7;
      })) << testing::PrintToString(point);
    }
  }
}

TEST(Surfaces, CanBeComparedAsTheySay) {
  for (const Surface& surface : surfaces()) {
    SCOPED_TRACE(surface.name);
    EXPECT_THAT(surface.teaches, AllOf(EndsWith("."), HasSubstr(" ")));
    EXPECT_FALSE(surface.source.empty());
    const std::vector<optim::Spec> optimizers = optim::parse_specs(surface.optimizers);
    EXPECT_GE(optimizers.size(), 4U);
    for (const optim::Spec& optimizer : optimizers)
      EXPECT_EQ(run(surface, optimizer, surface.steps).values.size(), surface.steps + 1);
  }
}

TEST(QuadraticSurface, PlainDescentIsAPowerForEachCoordinate) {
  const Surface& surface = find_surface("quadratic");
  // w <- (1 - lr curvature) w; the curvatures are 0.2 and 4.
  for (const double lr : {0.4, 0.6}) {
    const Trajectory path = run(surface, {.name = "sgd", .settings = {{"lr", lr}}}, 20);
    for (std::size_t k = 0; k <= 20; ++k) {
      const auto power = static_cast<double>(k);
      EXPECT_NEAR(path.points[k][0] / (-5 * std::pow(1 - lr * 0.2, power)), 1, 1e-12);
      EXPECT_NEAR(path.points[k][1] / (-2 * std::pow(1 - lr * 4, power)), 1, 1e-12);
    }
    EXPECT_EQ(path.values.back() > path.values.front(), lr > 0.5);
  }
}

TEST(QuadraticSurface, MomentumIsItsRecursion) {
  const Surface& surface = find_surface("quadratic");
  // w_{k+1} = (1 + beta - lr curvature) w_k - beta w_{k-1}, and w_1 = (1 - lr curvature) w_0.
  for (const double beta : {0.5, 0.25}) {
    const Trajectory path =
        run(surface, {.name = "momentum", .settings = {{"lr", 0.6}, {"momentum", beta}}}, 20);
    for (const auto& [i, start, curvature] :
         {std::tuple(0U, -5.0, 0.2), std::tuple(1U, -2.0, 4.0)}) {
      double before = start, now = (1 - 0.6 * curvature) * start;
      for (std::size_t k = 1; k <= 20; ++k) {
        EXPECT_NEAR(path.points[k][i], now, 1e-13) << k;
        before = std::exchange(now, (1 + beta - 0.6 * curvature) * now - beta * before);
      }
    }
    EXPECT_LT(path.values.back(), path.values.front() / 100);
  }
}

TEST(QuadraticSurface, LimitsAreWhereItSays) {
  // lr curvature < 2 + 2 beta: 0.5, 0.75 and 0.625.
  const Surface& surface = find_surface("quadratic");
  for (const auto& [beta, limit] :
       {std::pair(0.0, 0.5), std::pair(0.5, 0.75), std::pair(0.25, 0.625)}) {
    const auto end = [&](double lr) {
      return run(surface, {.name = "momentum", .settings = {{"lr", lr}, {"momentum", beta}}}, 2000)
          .values.back();
    };
    EXPECT_LT(end(0.99 * limit), 1e-6);
    EXPECT_GT(end(1.01 * limit), 1e6);
  }
}

TEST(RavineSurface, LiesAcrossTheAxes) {
  const Surface& surface = find_surface("ravine");
  const double s = 1 / std::numbers::sqrt2;
  EXPECT_NEAR(2 * value_at(surface, {s, s}), 0.01, 1e-15);
  EXPECT_NEAR(2 * value_at(surface, {s, -s}), 1, 1e-15);
}

TEST(RavineSurface, MomentumArrivesAndRmspropDoesNotAtAnyRate) {
  const Surface& surface = find_surface("ravine");
  EXPECT_LT(arrival(run(surface, "momentum:lr=3.3,momentum=0.67", 100), 0), 30U);
  EXPECT_LT(arrival(run(surface, "adam:lr=1", 100), 0), 60U);
  EXPECT_FALSE(arrival(run(surface, "sgd:lr=1.98", 100), 0));
  for (const double lr : {0.03, 0.1, 0.2, 0.3, 0.5, 1.0, 3.0})
    EXPECT_FALSE(arrival(run(surface, {.name = "rmsprop", .settings = {{"lr", lr}}}, 100), 0))
        << lr;
}

TEST(RosenbrockSurface, FloorIsFoundAtOnceAndFollowedSlowly) {
  const Surface& surface = find_surface("rosenbrock");
  const auto off_the_floor = [](const Point& w) { return std::abs(w[1] - w[0] * w[0]); };
  const Trajectory path = run(surface, "sgd:lr=0.001", 500);
  EXPECT_LT(off_the_floor(path.points[30]), off_the_floor(path.points[0]) / 10);
  EXPECT_GT(distance(path.points[500], {1, 1}), 1);
  EXPECT_LT(arrival(run(surface, "lbfgs:max_iter=1", 500), 0), 40U);
}

TEST(HimmelblauSurface, RuleAndRateDecideOnTheMinimum) {
  const Surface& surface = find_surface("himmelblau");
  std::vector<std::size_t> reached;
  for (const optim::Spec& optimizer : optim::parse_specs(surface.optimizers))
    reached.push_back(nearest_minimum(surface, run(surface, optimizer, 200).points.back()));
  EXPECT_THAT(reached, ElementsAre(3, 1, 2, 3));
}

TEST(DentSurface, HasASecondMinimumBehindABarrier) {
  const Surface& surface = find_surface("dent");
  // f' = w + 12 (w - 2) exp(-6 (w - 2)^2) is 0 on the barrier and in the dent, and changes sign.
  const auto slope = [](double w) { return w + 12 * (w - 2) * std::exp(-6 * (w - 2) * (w - 2)); };
  EXPECT_GT(slope(1.53), 0);
  EXPECT_LT(slope(1.545), 0);
  EXPECT_LT(slope(1.813), 0);
  EXPECT_GT(slope(1.815), 0);
  for (double w = 1.9; w < 4; w += 0.01) EXPECT_GT(slope(w), 0) << w;
  EXPECT_NEAR(value_at(surface, {1.537}) - value_at(surface, {1.8139}), 0.072, 0.001);
}

TEST(DentSurface, PlainDescentStaysInIt) {
  const Surface& surface = find_surface("dent");
  for (const double lr : {0.003, 0.01, 0.03, 0.1, 0.15, 0.2})
    EXPECT_NEAR(run(surface, {.name = "sgd", .settings = {{"lr", lr}}}, 5000).points.back()[0],
                1.81394, 1e-5)
        << lr;
}

TEST(DentSurface, AdamPassesWithAFirstMomentAndStaysWithout) {
  const Surface& surface = find_surface("dent");
  for (const double lr : {0.05, 0.1, 0.2, 0.3}) {
    const auto end = [&](double beta1) {
      return run(surface, {.name = "adam", .settings = {{"lr", lr}, {"beta1", beta1}}}, 2000)
          .points.back()[0];
    };
    EXPECT_NEAR(end(0), 1.81394, 1e-5) << lr;
    EXPECT_NEAR(end(0.5), 1.81394, 1e-5) << lr;
    EXPECT_NEAR(end(0.9), 0, 1e-5) << lr;
    EXPECT_NEAR(end(0.95), 0, 1e-5) << lr;
  }
}

TEST(FindSurface, OffersTheNearest) {
  EXPECT_EQ(find_surface("ravine").name, "ravine");
  try {
    find_surface("rosenbrok");
    ADD_FAILURE();
  } catch (const UnknownName& error) {
    EXPECT_STREQ(error.what(), "there is no surface 'rosenbrok' (did you mean 'rosenbrock'?)");
  }
}

}  // namespace
}  // namespace ravine::lab
