#include "ravine/optim/strong_wolfe.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace ravine::optim::testing {
namespace {

/// A function of one variable with its derivative.
struct Curve {
  std::string name;
  double (*value)(double t);
  double (*slope)(double t);
};

/// The first three are those of Moré and Thuente (1994), Line search algorithms with guaranteed
/// sufficient decrease, section 5; the third without its waves.
const std::vector<Curve> curves{
    {"5.1", [](double t) { return -t / (t * t + 2); },
     [](double t) { return (t * t - 2) / ((t * t + 2) * (t * t + 2)); }},
    {"5.2", [](double t) { return std::pow(t + 0.004, 5) - 2 * std::pow(t + 0.004, 4); },
     [](double t) { return 5 * std::pow(t + 0.004, 4) - 8 * std::pow(t + 0.004, 3); }},
    {"waves", [](double t) { return -t + t * t / 20 + std::sin(7 * t) / 14; },
     [](double t) { return -1 + t / 10 + std::cos(7 * t) / 2; }},
    {"parabola", [](double t) { return (t - 3) * (t - 3); }, [](double t) { return 2 * (t - 3); }},
    {"quartic", [](double t) { return std::pow(t - 1, 4); },
     [](double t) { return 4 * std::pow(t - 1, 3); }},
    {"cosh", [](double t) { return std::cosh(t - 2); }, [](double t) { return std::sinh(t - 2); }},
    {"a wall at 1", [](double t) { return -std::log(1 - t) - 5 * t; },
     [](double t) { return t < 1 ? 1 / (1 - t) - 5 : std::nan(""); }}};

struct Searched {
  LinePoint<double> point;
  std::size_t evaluations = 0;
};

Searched search(const Curve& curve, double first, const StrongWolfe& conditions = {}) {
  Searched result;
  const auto at = [&](double t) {
    LinePoint<double> point{.t = t,
                            .value = curve.value(t),
                            .slope = curve.slope(t),
                            .gradient = Tensor<double>({1}, {curve.slope(t)})};
    if (!std::isfinite(point.value))
      point.value = point.slope = std::numeric_limits<double>::infinity();
    return point;
  };
  const auto counted = [&](double t) {
    ++result.evaluations;
    return at(t);
  };
  result.point = search_strong_wolfe<double>(counted, at(0), first, 1, conditions);
  return result;
}

TEST(StrongWolfe, HoldsWhereTheSearchEnds) {
  for (const StrongWolfe& conditions : {StrongWolfe{}, StrongWolfe{.curvature = 0.1}})
    for (const Curve& curve : curves)
      for (const double first : {1e-3, 0.1, 1.0, 10.0, 300.0}) {
        SCOPED_TRACE(curve.name + " from " + std::to_string(first));
        const auto [point, evaluations] = search(curve, first, conditions);
        EXPECT_GT(point.t, 0);
        EXPECT_LE(curve.value(point.t),
                  curve.value(0) + conditions.sufficient_decrease * point.t * curve.slope(0));
        EXPECT_LE(std::abs(curve.slope(point.t)), conditions.curvature * std::abs(curve.slope(0)));
        EXPECT_EQ(point.value, curve.value(point.t));
        EXPECT_EQ(point.gradient[0], curve.slope(point.t));
        EXPECT_LE(evaluations, 26U);
      }
}

TEST(StrongWolfe, TakesAFirstPointThatWillDo) {
  const auto [point, evaluations] = search(curves[3], 2.5);
  EXPECT_EQ(point.t, 2.5);
  EXPECT_EQ(evaluations, 1U);
}

TEST(StrongWolfe, FindsTheBottomOfAParabolaByOneCubic) {
  const auto [point, evaluations] = search(curves[3], 1000);
  EXPECT_NEAR(point.t, 3, 1e-9);
  EXPECT_EQ(evaluations, 2U);
}

TEST(StrongWolfe, EndsWhereThereIsNoBottom) {
  const Curve line{"line", [](double t) { return -t; }, [](double) { return -1.0; }};
  const auto [point, evaluations] = search(line, 1);
  EXPECT_EQ(evaluations, 26U);
  EXPECT_LT(point.value, -1e20);
}

TEST(StrongWolfe, ComesBackToTheStartWhereNothingIsLower) {
  // A gradient that lies, and a function that has a value nowhere else.
  const Curve uphill{"uphill", [](double t) { return t; }, [](double) { return -1.0; }};
  const Curve alone{"alone", [](double t) { return t == 0 ? 1 : std::nan(""); },
                    [](double t) { return t == 0 ? -1 : std::nan(""); }};
  for (const Curve& curve : {uphill, alone}) {
    const auto [point, evaluations] = search(curve, 1);
    EXPECT_EQ(point.t, 0) << curve.name;
    EXPECT_EQ(point.gradient[0], -1) << curve.name;
    EXPECT_LE(evaluations, 26U) << curve.name;
  }
}

TEST(CubicMinimum, IsThatOfTheCubicThroughBothPoints) {
  // t^3 - 3 t falls to -2 at 1.
  const auto at = [](double t) {
    return LinePoint<double>{.t = t, .value = t * t * t - 3 * t, .slope = 3 * t * t - 3};
  };
  EXPECT_NEAR(cubic_minimum(at(0), at(3), 0, 3), 1, 1e-14);
  EXPECT_NEAR(cubic_minimum(at(3), at(0), 0, 3), 1, 1e-14);
  EXPECT_EQ(cubic_minimum(at(0), at(3), 1.5, 3), 1.5);
  // One that rises all the way has none: its slope would be 0 where d_2^2 = 0.81 - 1.1.
  EXPECT_EQ(cubic_minimum(LinePoint<double>{.t = 0, .value = 0, .slope = 1},
                          LinePoint<double>{.t = 2, .value = 2, .slope = 1.1}, 0, 2),
            1);
}

}  // namespace
}  // namespace ravine::optim::testing
