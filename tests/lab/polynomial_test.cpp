// Polynomial regression against the normal equations, and its run and Tikhonov's regularisation
// against updates and linear solves written out.
#include "ravine/lab/polynomial.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "ravine/tensor/linalg.hpp"
#include "support/throws.hpp"

namespace ravine::lab {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

/// x^0, ..., x^degree.
std::vector<double> powers_of(double x, std::size_t degree) {
  std::vector<double> powers;
  for (std::size_t j = 0; j <= degree; ++j) powers.push_back(std::pow(x, static_cast<double>(j)));
  return powers;
}

struct Normal {
  Tensor<double> gram;   // Z'Z
  Tensor<double> right;  // Z'y
};

Normal normal_equations(const PolynomialData& data, std::size_t degree) {
  const std::size_t p = degree + 1;
  Normal normal{Tensor<double>::zeros({p, p}), Tensor<double>::zeros({p})};
  for (std::size_t i = 0; i < data.x.size(); ++i) {
    const std::vector<double> z = powers_of(data.x[i], degree);
    for (std::size_t a = 0; a < p; ++a) {
      normal.right[a] += z[a] * data.y[i];
      for (std::size_t b = 0; b < p; ++b) normal.gram[a * p + b] += z[a] * z[b];
    }
  }
  return normal;
}

double half_squares(const PolynomialData& data, const std::vector<double>& w) {
  double f = 0;
  for (std::size_t i = 0; i < data.x.size(); ++i) {
    const std::vector<double> z = powers_of(data.x[i], w.size() - 1);
    double error = -data.y[i];
    for (std::size_t j = 0; j < w.size(); ++j) error += z[j] * w[j];
    f += error * error / 2;
  }
  return f;
}

TEST(Polynomial, HasTheSpectrumAndTheMinimumOfTheNormalEquations) {
  const PolynomialData data = made_up_points(7);
  const Polynomial result = polynomial(data, {.degree = 5, .steps = 10});
  const Normal normal = normal_equations(data, 5);
  const Tensor<double> values = eigh(normal.gram).values;
  ASSERT_THAT(result.eigenvalues, SizeIs(6));
  for (std::size_t i = 0; i < 6; ++i)
    EXPECT_NEAR(result.eigenvalues[i], values[5 - i], 1e-12 * values[5]);
  EXPECT_DOUBLE_EQ(result.lr, 1 / result.eigenvalues[0]);
  const Tensor<double> expected = solve(normal.gram, normal.right);
  for (std::size_t j = 0; j < 6; ++j)
    EXPECT_NEAR(result.least_squares[j], expected[j], 1e-9 * std::abs(expected[j]));
  EXPECT_NEAR(result.least_value, half_squares(data, expected.to_vector()), 1e-12);
}

TEST(Polynomial, HasEigenfeaturesThatAreApartAtThePoints) {
  const PolynomialData data = made_up_points(0);
  const Polynomial result = polynomial(data, {.degree = 4, .steps = 1});
  for (std::size_t i = 0; i < 5; ++i)
    for (std::size_t j = 0; j < 5; ++j) {
      double coefficients = 0, values = 0;
      for (std::size_t k = 0; k < 5; ++k)
        coefficients += result.directions[i][k] * result.directions[j][k];
      for (const double x : data.x)
        values += polynomial_at(result.directions[i], x) * polynomial_at(result.directions[j], x);
      EXPECT_NEAR(coefficients, i == j ? 1 : 0, 1e-13);
      EXPECT_NEAR(values, i == j ? result.eigenvalues[i] : 0, 1e-12);
    }
}

TEST(Polynomial, RunsGradientDescentAndKnowsWhereItGoes) {
  const PolynomialData data = made_up_points(3);
  const PolynomialOptions options{.degree = 3, .steps = 250};
  const Polynomial result = polynomial(data, options);
  const auto [gram, right] = normal_equations(data, 3);
  std::vector<double> w(4, 0);
  std::size_t next = 0, stop = 0;
  for (std::size_t step = 0; step <= 250; ++step) {
    if (next < result.points.size() && result.points[next].step == step) {
      const PolynomialPoint& point = result.points[next++];
      EXPECT_NEAR(point.value, half_squares(data, w), 1e-11);
      double above = 0;
      for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_NEAR(point.shares[i], point.predicted[i], 1e-11) << "step " << step;
        above += point.shares[i];
      }
      EXPECT_NEAR(above, half_squares(data, w) - result.least_value, 1e-11);
    }
    if (stop < result.stops.size() && result.stops[stop].step == step) {
      for (std::size_t j = 0; j < 4; ++j) EXPECT_NEAR(result.stops[stop].descent[j], w[j], 1e-12);
      ++stop;
    }
    std::vector<double> gradient(4);
    for (std::size_t a = 0; a < 4; ++a) {
      gradient[a] = -right[a];
      for (std::size_t b = 0; b < 4; ++b) gradient[a] += gram[a * 4 + b] * w[b];
    }
    for (std::size_t a = 0; a < 4; ++a) w[a] -= result.lr * gradient[a];
  }
  EXPECT_EQ(next, result.points.size());
  EXPECT_EQ(stop, 3U);  // 10, 100, 250
  EXPECT_EQ(result.points.front().step, 0U);
  EXPECT_EQ(result.points.back().step, 250U);
  EXPECT_LT(result.max_closed_form_error, 1e-10);
  EXPECT_GT(result.max_closed_form_error, 0);
}

TEST(Polynomial, StaysWithItsClosedFormForLong) {
  EXPECT_LT(polynomial(made_up_points(0), {}).max_closed_form_error, 1e-9);
  EXPECT_LT(polynomial(made_up_points(0), {.degree = 12}).max_closed_form_error, 1e-9);
}

TEST(Polynomial, OfZerosHasNoError) {
  PolynomialData data = made_up_points(0);
  data.y.assign(data.y.size(), 0);
  EXPECT_EQ(polynomial(data, {.steps = 10}).max_closed_form_error, 0);
}

TEST(Polynomial, StandsBesideTikhonovsRegularisation) {
  const PolynomialData data = made_up_points(1);
  const Polynomial result = polynomial(data, {.degree = 6, .steps = 1000});
  ASSERT_THAT(result.stops, SizeIs(3));
  for (const EarlyStop& stop : result.stops) {
    SCOPED_TRACE(stop.step);
    const double steps = static_cast<double>(stop.step);
    EXPECT_DOUBLE_EQ(stop.eta, result.eigenvalues[0] / steps);
    // (Z'Z + eta I) w = Z'y
    Normal normal = normal_equations(data, 6);
    for (std::size_t j = 0; j < 7; ++j) normal.gram[j * 8] += stop.eta;
    const Tensor<double> expected = solve(normal.gram, normal.right);
    double gap = 0;
    for (std::size_t j = 0; j < 7; ++j) EXPECT_NEAR(stop.tikhonov[j], expected[j], 1e-10);
    for (int i = -1000; i <= 1000; ++i)
      gap = std::max(gap, std::abs(polynomial_at(stop.descent, i / 1000.0) -
                                   polynomial_at(stop.tikhonov, i / 1000.0)));
    EXPECT_NEAR(stop.largest_gap, gap, 1e-3 * gap);
    for (std::size_t i = 0; i < 7; ++i) {
      const double lambda = result.eigenvalues[i];
      EXPECT_NEAR(stop.kept_by_descent[i], 1 - std::pow(1 - lambda / result.eigenvalues[0], steps),
                  1e-12);
      EXPECT_NEAR(stop.kept_by_tikhonov[i], lambda / (lambda + stop.eta), 1e-12);
      // What either has of a small eigenvalue is alpha k lambda, but for the square of that.
      const double small = steps * lambda / result.eigenvalues[0];
      if (small < 0.1) {
        EXPECT_NEAR(stop.kept_by_descent[i] / stop.kept_by_tikhonov[i], 1, small);
      }
    }
  }
}

TEST(KeptByDescent, HasAllDigitsWhereTheProductIsSmall) {
  // 1 - (1 - p)^k = k p - k (k - 1) / 2 p^2 + ...; by hand 1 - 0.75^2 and all at p = 1.
  EXPECT_DOUBLE_EQ(kept_by_descent(0.25, 2), 0.4375);
  EXPECT_EQ(kept_by_descent(1, 3), 1);
  EXPECT_DOUBLE_EQ(kept_by_descent(1e-16, 10), 1e-15);
  EXPECT_NEAR(kept_by_descent(1e-9, 1000) / (1e-6 - 999 * 1000 / 2 * 1e-18), 1, 1e-12);
  // The run that forgot them: degree 20 at step 10.
  const Polynomial result = polynomial(made_up_points(0), {.degree = 20, .steps = 10});
  const double slowest = 10 * result.lr * result.eigenvalues.back();
  EXPECT_NEAR(result.stops.front().kept_by_descent.back() / slowest, 1, 1e-10);
}

TEST(PolynomialAt, IsThePolynomial) {
  const std::vector<double> w{1, -2, 0, 3};
  EXPECT_EQ(polynomial_at(w, 2), 1 - 4 + 24);
  EXPECT_EQ(polynomial_at(w, 0), 1);
}

TEST(MadeUpPoints, LieAboutASineAndComeFromTheSeed) {
  const PolynomialData data = made_up_points(5);
  ASSERT_THAT(data.x, SizeIs(30));
  EXPECT_EQ(data.x.front(), -1);
  EXPECT_EQ(data.x.back(), 1);
  double square = 0;
  for (std::size_t i = 0; i < 30; ++i)
    square += std::pow(data.y[i] - std::sin(3.14159265358979 * data.x[i]), 2);
  // 30 squares of a standard deviation of 0.2 sum to 1.2, give or take 0.31 three times.
  EXPECT_NEAR(square, 1.2, 0.93);
  EXPECT_EQ(made_up_points(5).y, data.y);
  EXPECT_NE(made_up_points(6).y, data.y);
}

data::Dataset dataset_of(std::size_t columns, std::vector<float> x, std::vector<float> y) {
  data::Dataset dataset;
  dataset.name = "points.csv";
  dataset.features = data::Features(Tensor<float>({y.size(), columns}, x));
  dataset.targets = Tensor<float>({y.size()}, y);
  dataset.feature_names.assign(columns, "year");
  dataset.target_name = "height";
  return dataset;
}

TEST(PointsOf, MoveXToWherePowersBehave) {
  const PolynomialData data = points_of(dataset_of(1, {2000, 2010, 2005}, {3, 5, 4}));
  EXPECT_THAT(data.x, ElementsAre(-1, 1, 0));
  EXPECT_THAT(data.y, ElementsAre(3, 5, 4));
  EXPECT_EQ(data.x_low, 2000);
  EXPECT_EQ(data.x_high, 2010);
  EXPECT_EQ(data.x_name, "year");
  EXPECT_EQ(data.y_name, "height");
}

TEST(PolynomialErrors, SayWhatWouldBeRight) {
  const auto of_data = [](const data::Dataset& dataset) {
    return test::message([&] { points_of(dataset); });
  };
  EXPECT_EQ(of_data(dataset_of(2, {1, 2, 3, 4}, {1, 2})),
            "points.csv: a polynomial is of one x, but besides the target 'height' there are 2 "
            "columns (give a file of two columns, x and y)");
  EXPECT_EQ(of_data(dataset_of(1, {7, 7}, {1, 2})),
            "points.csv: column 'year' is 7 in every row, and a polynomial needs different x");
  data::Dataset classes = dataset_of(1, {1, 2}, {0, 1});
  classes.task = data::Task::classification;
  EXPECT_EQ(of_data(classes),
            "points.csv: its target 'height' is a class, and a polynomial needs numbers");

  const auto of_options = [](const PolynomialOptions& options) {
    return test::message([&] { polynomial(made_up_points(0), options); });
  };
  EXPECT_EQ(of_options({.degree = 0}), "degree must be from 1 to 20, 0 was given");
  EXPECT_EQ(of_options({.degree = 21}), "degree must be from 1 to 20, 21 was given");
  EXPECT_EQ(of_options({.steps = 0}), "steps must be from 1 to 1000000, 0 were given");
  EXPECT_EQ(of_options({.steps = 1'000'001}),
            "steps must be from 1 to 1000000, 1000001 were given");
  const PolynomialData few = points_of(dataset_of(1, {1, 2, 2, 3}, {1, 2, 3, 4}));
  EXPECT_EQ(
      test::message([&] { polynomial(few, {.degree = 3}); }),
      "points.csv: 3 different x cannot determine the 4 coefficients of degree 3 (a degree of "
      "2 or less)");
  // Eight points of which double precision sees little more than one, and another.
  PolynomialData close{.name = "close.csv", .x = {1}, .y = std::vector<double>(9, 1)};
  for (int i = 0; i < 8; ++i) close.x.push_back(-1 + 2e-8 * i / 7);
  EXPECT_EQ(test::message([&] { polynomial(close, {.degree = 6, .steps = 100}); }),
            "close.csv: the points cannot tell the 7 coefficients of degree 6 apart in double "
            "precision (a lower degree, or points that are spread more evenly)");
  EXPECT_THAT(polynomial(few, {.degree = 2, .steps = 3}).eigenvalues, Each(testing::Gt(0)));
}

}  // namespace
}  // namespace ravine::lab
