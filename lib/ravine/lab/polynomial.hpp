#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "ravine/lab/polynomial_data.hpp"

// Polynomial regression by gradient descent from 0, taken apart into the eigenspaces of Z'Z (Goh,
// 2017, "Why Momentum Really Works", Distill, "Example: Polynomial Regression"): the model is
// sum_j w_j x^j, row i of Z is 1, x_i, ..., x_i^degree, and
//
//     f(w) = 1/2 |Zw - y|^2,
//
// a sum over the points, not a mean. With Z = U S V', the features x^j become the eigenfeatures
// sum_j V_ji x^j, whose values at the points are S_ii u_i, and descent learns each apart from the
// others: of its coefficient, 1 - (1 - alpha lambda_i)^k after k steps, with lambda_i = S_ii^2.

namespace ravine::lab {

struct PolynomialOptions {
  std::size_t degree = 6;
  std::size_t steps = 10'000;

  static constexpr std::size_t most_degree = 20;
  static constexpr std::size_t most_steps = 1'000'000;
};

/// Where the run is at a step.
struct PolynomialPoint {
  std::size_t step;
  double value;                   ///< f
  std::vector<double> shares;     ///< lambda_i x_i^2 / 2, what each eigenspace adds to f - f*
  std::vector<double> predicted;  ///< the same, in closed form
};

/// Descent that stops at a step, beside Tikhonov's regularisation 1/2 |Zw - y|^2 + eta / 2 |w|^2,
/// which keeps lambda / (lambda + eta) of each coefficient. At eta = 1 / (alpha k) both keep
/// alpha k lambda of those with a small lambda, and nearly all of those with a large one.
struct EarlyStop {
  std::size_t step;
  double eta;
  std::vector<double> kept_by_descent;   ///< [degree + 1], in closed form
  std::vector<double> kept_by_tikhonov;  ///< [degree + 1]
  std::vector<double> descent;           ///< w of the run, [degree + 1]
  std::vector<double> tikhonov;          ///< w, [degree + 1]
  double largest_gap;                    ///< of the two curves on [-1, 1]
};

struct Polynomial {
  PolynomialOptions options;
  PolynomialData data;
  double lr;  ///< alpha = 1 / lambda_1, the most with which no eigenspace overshoots
  std::vector<double> eigenvalues;              ///< lambda, [degree + 1], descending
  std::vector<std::vector<double>> directions;  ///< columns of V: [degree + 1] of [degree + 1]
  std::vector<double> least_squares;            ///< w*, [degree + 1]
  double least_value;                           ///< f*
  std::vector<PolynomialPoint> points;          ///< step 0, then some twenty a tenfold of steps
  std::vector<EarlyStop> stops;                 ///< at 10, 100, ... steps, and the last
  double max_closed_form_error;                 ///< largest |w - w'| / |w'| of run and closed form
};

/// The polynomial with coefficients w at x.
double polynomial_at(std::span<const double> w, double x);

/// 1 - (1 - alpha lambda)^k, what descent has of an eigenfeature's coefficient after k steps, with
/// all digits where alpha lambda is small; of alpha lambda from 0 to 1.
double kept_by_descent(double alpha_lambda, std::size_t k);

/// Throws InputError for a degree or a number of steps out of its bounds, and for points that do
/// not determine as many coefficients, or not beyond rounding.
Polynomial polynomial(const PolynomialData& data, const PolynomialOptions& options);

}  // namespace ravine::lab
