#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ravine::test {

/// A smooth function of a vector w of which all is known: where an optimizer starts and where it
/// ought to arrive.
struct AnalyticProblem {
  std::string name;
  std::vector<double> start;
  std::vector<std::vector<double>> minima;  ///< all points with the least value
  double least;                             ///< the value there
  bool convex;
  /// Returns f(w) and writes its gradient, of w's size.
  std::function<double(std::span<const double> w, std::span<double> gradient)> evaluate;

  double value(std::span<const double> w) const;
};

/// Simple before hard: quadratics, other convex functions, then functions with valleys, plateaus
/// or several minima.
const std::vector<AnalyticProblem>& analytic_problems();
/// The problem of a name that is in the catalogue.
const AnalyticProblem& analytic_problem(std::string_view name);

/// 1/2 sum of lambda_i u_i^2 with eigenvalues lambda spaced evenly in their logarithm from
/// 1 / condition_number to 1, and u = H w for the reflection H = I - 2/n 1 1^T, so that the valley
/// lies across the axes. It starts where every u_i is -1.
AnalyticProblem quadratic(std::size_t dimensions, double condition_number);

}  // namespace ravine::test
