// Rates over alpha lambda and beta: by hand, by products of matrices, and by the registered rule.
#include "ravine/lab/rates.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <set>

#include "support/throws.hpp"

namespace ravine::lab {
namespace {

using testing::HasSubstr;

TEST(Rates, OfSinglePoints) {
  EXPECT_DOUBLE_EQ(rate_at(0.3, 0).rate, 0.7);
  EXPECT_DOUBLE_EQ(rate_at(1.8, 0).rate, 0.8);
  EXPECT_DOUBLE_EQ(rate_at(1, 0).rate, 0);
  EXPECT_DOUBLE_EQ(rate_at(0, 0.5).rate, 1);
  EXPECT_DOUBLE_EQ(rate_at(3, 0).rate, 2);
  for (const double product : {0.5, 1.0, 2.0, 3.0})
    EXPECT_DOUBLE_EQ(rate_at(product, 0.81).rate, 0.9);
  EXPECT_NEAR(rate_at(3, 0.5).rate, 1, 1e-14);  // s^2 + 1.5 s + 0.5
  EXPECT_EQ(rate_at(3.5, 0.2).regime, Regime::divergence);
}

/// |R^(2^p)|^(1/2^p) by repeated squaring, scaled to 1 at each: the rate without eigenvalues.
double rate_by_squaring(double product, double beta) {
  std::array<double, 4> m{beta, product, -beta, 1 - product};
  double logarithm = 0;
  double power = 1;
  for (int i = 0; i < 40; ++i) {
    double size = 0;
    for (const double element : m) size = std::max(size, std::abs(element));
    for (double& element : m) element /= size;
    logarithm += std::log(size) / power;
    m = {m[0] * m[0] + m[1] * m[2], m[0] * m[1] + m[1] * m[3], m[2] * m[0] + m[3] * m[2],
         m[2] * m[1] + m[3] * m[3]};
    power *= 2;
  }
  return std::exp(logarithm);
}

TEST(Rates, OfAGridAreThoseOfHighPowers) {
  const auto cells = rate_grid({.columns = 40, .rows = 25});
  ASSERT_EQ(cells.size(), 1000U);
  for (const RateCell& cell : cells)
    EXPECT_NEAR(cell.rate, rate_by_squaring(cell.alpha_lambda, cell.beta), 1e-7)
        << cell.alpha_lambda << ", " << cell.beta;
}

TEST(Rates, GridHasCentresRowByRow) {
  const auto cells = rate_grid({.columns = 4, .rows = 2});
  ASSERT_EQ(cells.size(), 8U);
  EXPECT_EQ(cells[0].alpha_lambda, 0.5);
  EXPECT_EQ(cells[0].beta, 0.25);
  EXPECT_EQ(cells[3].alpha_lambda, 3.5);
  EXPECT_EQ(cells[4].alpha_lambda, 0.5);
  EXPECT_EQ(cells[4].beta, 0.75);
}

// "Measured rate within 1 % of predicted after 200 steps."
TEST(Rates, SimulationIsWithinOnePercent) {
  const auto simulated = rates({.points = 500, .seed = 3}).simulated;
  ASSERT_EQ(simulated.size(), 500U);
  std::set<Regime> met;
  double largest = 0;
  for (const SimulatedRate& point : simulated) {
    met.insert(point.predicted.regime);
    largest = std::max(largest, point.deviation());
    EXPECT_LT(point.predicted.alpha_lambda, 4);
  }
  EXPECT_EQ(met.size(), 5U);
  EXPECT_LT(largest, 1e-6);
  EXPECT_EQ(RatesOptions{}.steps, 200U);
  EXPECT_DOUBLE_EQ((SimulatedRate{{1, 0.25, 0.5, Regime::ripples}, 0.6}).deviation(), 0.1 / 0.5);
}

TEST(Rates, RandomPointsFollowTheirSeed) {
  const auto last = [](std::uint64_t seed) { return random_cells(3, seed)[2].alpha_lambda; };
  EXPECT_EQ(last(1), last(1));
  EXPECT_NE(last(1), last(2));
}

TEST(Rates, AtPointsAreOfThesePointsAlone) {
  const Rates result = rates({.at = {{0.5, 0.81}, {2.5, 0}, {1e100, 0}}});
  ASSERT_EQ(result.cells.size(), 3U);
  ASSERT_EQ(result.simulated.size(), 3U);
  EXPECT_DOUBLE_EQ(result.cells[0].rate, 0.9);
  EXPECT_NEAR(*result.simulated[0].measured, 0.9, 1e-12);
  EXPECT_NEAR(*result.simulated[1].measured, 1.5, 1e-12);
  EXPECT_EQ(result.simulated[2].measured, std::nullopt);
  EXPECT_EQ(result.simulated[2].deviation(), 0);
  // One step to the minimum: rounding beside a rate of 0.
  EXPECT_LE(rates({.at = {{1, 0}}}).simulated[0].deviation(), 1);
  EXPECT_EQ(rates({.grid = {.columns = 3, .rows = 4}, .points = 1}).cells.size(), 12U);
}

TEST(Rates, RefuseWhatCannotBe) {
  const auto refusal = [](double product, double beta) {
    return test::message([&] { rate_at(product, beta); });
  };
  EXPECT_EQ(refusal(-0.5, 0.5), "alpha lambda must be finite and 0 or more, -0.5 was given");
  EXPECT_THAT(refusal(std::numeric_limits<double>::infinity(), 0), HasSubstr("inf was given"));
  EXPECT_EQ(refusal(1e308, 0.5), "alpha lambda: 1e+308 is too large to compute its rate");
  EXPECT_EQ(refusal(1, 1), "beta must be in [0, 1), 1 was given");
  EXPECT_EQ(refusal(1, -0.1), "beta must be in [0, 1), -0.1 was given");
  EXPECT_EQ(test::message([] { rates({.at = {{1}}}); }),
            "a point has 1 number (give alpha lambda and beta, as in 0.5,0.9)");
  EXPECT_EQ(test::message([] { rate_grid({.columns = 1, .rows = 5}); }),
            "grid: columns must be from 2 to 500, 1 was given");
  EXPECT_EQ(test::message([] { rate_grid({.columns = 5, .rows = 501}); }),
            "grid: rows must be from 2 to 500, 501 were given");
  EXPECT_EQ(test::message([] { rates({.points = 10'001}); }),
            "points: 10001 are too many (at most 10000)");
  EXPECT_EQ(test::message([] { rates({.points = 10'000, .steps = 501}); }),
            "steps: 501 of 10000 points are too many (at most 500)");
  EXPECT_EQ(test::message([] {
              rates({.at = {{1, 0}}, .steps = 800'001});
            }),
            "steps: 800001 of 1 point are too many (at most 800000)");
  EXPECT_EQ(test::message([] { rates({.steps = 2}); }),
            "steps must be at least 3 to measure a rate, 2 were given");
}

}  // namespace
}  // namespace ravine::lab
