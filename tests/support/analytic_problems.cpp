#include "support/analytic_problems.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "ravine/tensor/linalg.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::test {
namespace {

using Vector = std::vector<double>;
using Point = std::span<const double>;
using Gradient = std::span<double>;

double squared(double x) { return x * x; }

double ellipse(Point w, Gradient g) {
  g[0] = 6 * w[0];
  g[1] = 20 * w[1];
  return 3 * squared(w[0]) + 10 * squared(w[1]);
}

double booth(Point w, Gradient g) {
  const double a = w[0] + 2 * w[1] - 7, b = 2 * w[0] + w[1] - 5;
  g[0] = 2 * a + 4 * b;
  g[1] = 4 * a + 2 * b;
  return squared(a) + squared(b);
}

double rosenbrock(Point w, Gradient g) {
  const double off_valley = w[1] - squared(w[0]);
  g[0] = -2 * (1 - w[0]) - 400 * off_valley * w[0];
  g[1] = 200 * off_valley;
  return squared(1 - w[0]) + 100 * squared(off_valley);
}

double beale(Point w, Gradient g) {
  constexpr std::array c{1.5, 2.25, 2.625};
  g[0] = g[1] = 0;
  double f = 0;
  for (int i = 0; i < 3; ++i) {
    const double power = std::pow(w[1], i);
    const double off = c[static_cast<std::size_t>(i)] - w[0] + w[0] * power * w[1];
    f += squared(off);
    g[0] += 2 * off * (power * w[1] - 1);
    g[1] += 2 * off * w[0] * (i + 1) * power;
  }
  return f;
}

double himmelblau(Point w, Gradient g) {
  const double a = squared(w[0]) + w[1] - 11, b = w[0] + squared(w[1]) - 7;
  g[0] = 4 * a * w[0] + 2 * b;
  g[1] = 2 * a + 4 * b * w[1];
  return squared(a) + squared(b);
}

/// 1/2 (w_1 - 1)^2 + 1/2 sum of (w_i - w_(i+1))^2 + 2 / (kappa - 1) |w|^2 (Goh, 2017, Why Momentum
/// Really Works): the information at one end has to travel through all of w.
double chain(double kappa, Point w, Gradient g) {
  const double pull = 4 / (kappa - 1);
  double f = 0.5 * squared(w[0] - 1);
  for (std::size_t i = 0; i < w.size(); ++i) {
    g[i] = pull * w[i];
    f += 0.5 * pull * squared(w[i]);
  }
  g[0] += w[0] - 1;
  for (std::size_t i = 0; i + 1 < w.size(); ++i) {
    const double off = w[i] - w[i + 1];
    f += 0.5 * squared(off);
    g[i] += off;
    g[i + 1] -= off;
  }
  return f;
}

/// The gradient's zero solves w_(i-1) - (2 + pull) w_i + w_(i+1) = 0 with w_0 = 1 and
/// w_(n+1) = w_n: a sum of q^i and q^-i, q = (sqrt(kappa) - 1) / (sqrt(kappa) + 1).
AnalyticProblem convex_rosenbrock(std::size_t n, double kappa) {
  const double q = (std::sqrt(kappa) - 1) / (std::sqrt(kappa) + 1);
  const auto power = [&](std::size_t i) { return std::pow(q, static_cast<double>(i)); };
  Vector optimum(n), unused(n);
  for (std::size_t i = 1; i <= n; ++i)
    optimum[i - 1] = (power(i) + power(2 * n + 1 - i)) / (1 + power(2 * n + 1));
  const double least = chain(kappa, optimum, unused);
  return {.name = text("convex rosenbrock of ", n, ", condition number ", kappa),
          .start = Vector(n, 0),
          .minima = {optimum},
          .least = least,
          .convex = true,
          .evaluate = [=](Point w, Gradient g) { return chain(kappa, w, g); }};
}

constexpr double ridge = 0.05;
constexpr std::size_t weights = 4;
/// The last column is the bias's.
constexpr std::array<std::array<double, weights>, 8> rows{{{0.5, -1.2, 0.3, 1},
                                                           {1.5, 0.4, -0.7, 1},
                                                           {-0.3, 0.8, 1.1, 1},
                                                           {-1.7, -0.5, 0.2, 1},
                                                           {0.9, 1.3, -1.4, 1},
                                                           {-0.6, 0.1, 0.7, 1},
                                                           {2.1, -0.9, 0.5, 1},
                                                           {-1.1, -1.6, -0.8, 1}}};
constexpr std::array<double, 8> labels{1, 1, 0, 0, 1, 0, 1, 1};

double probability(Point w, std::size_t row) {
  return 1 / (1 + std::exp(-std::inner_product(w.begin(), w.end(), rows[row].begin(), 0.0)));
}

/// The mean cross entropy of a logistic regression and ridge / 2 |w|^2, without which classes that
/// a plane separates would have no optimum.
double logistic(Point w, Gradient g) {
  double f = 0;
  for (std::size_t i = 0; i < weights; ++i) {
    g[i] = ridge * w[i];
    f += 0.5 * ridge * squared(w[i]);
  }
  constexpr double share = 1.0 / static_cast<double>(rows.size());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const double p = probability(w, row), y = labels[row];
    f -= share * (y * std::log(p) + (1 - y) * std::log1p(-p));
    for (std::size_t i = 0; i < weights; ++i) g[i] += share * (p - y) * rows[row][i];
  }
  return f;
}

/// By Newton's method, whose error is squared at each step.
Vector logistic_optimum() {
  Vector w(weights, 0), g(weights);
  constexpr int steps = 10;
  for (int step = 0; step < steps; ++step) {
    logistic(w, g);
    Tensor<double> hessian = Tensor<double>::zeros({weights, weights});
    for (std::size_t i = 0; i < weights; ++i) hessian[i * weights + i] = ridge;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const double p = probability(w, row);
      for (std::size_t i = 0; i < weights; ++i)
        for (std::size_t j = 0; j < weights; ++j)
          hessian[i * weights + j] +=
              p * (1 - p) * rows[row][i] * rows[row][j] / static_cast<double>(rows.size());
    }
    const Tensor<double> d = solve(hessian, Tensor<double>(Shape{weights}, Point(g)));
    for (std::size_t i = 0; i < weights; ++i) w[i] -= d[i];
  }
  return w;
}

AnalyticProblem logistic_regression() {
  const Vector optimum = logistic_optimum();
  Vector unused(weights);
  return {.name = "logistic regression",
          .start = Vector(weights, 0),
          .minima = {optimum},
          .least = logistic(optimum, unused),
          .convex = true,
          .evaluate = logistic};
}

/// The common roots of Himmelblau's two terms, to the last digit.
const std::vector<Vector> himmelblau_minima{{3, 2},
                                            {-2.805118086952745, 3.131312518250573},
                                            {-3.779310253377747, -3.2831859912861696},
                                            {3.5844283403304917, -1.8481265269644036}};

std::vector<AnalyticProblem> catalogue() {
  return {
      quadratic(3, 1),
      {"ellipse", {-15, 20}, {{0, 0}}, 0, true, ellipse},
      {"booth", {-5, 4}, {{1, 3}}, 0, true, booth},
      quadratic(10, 10),
      quadratic(20, 100),
      quadratic(5, 1000),
      convex_rosenbrock(10, 100),
      logistic_regression(),
      {"himmelblau", {0, 0}, himmelblau_minima, 0, false, himmelblau},
      {"beale", {1, 1}, {{3, 0.5}}, 0, false, beale},
      {"rosenbrock", {-1.2, 1}, {{1, 1}}, 0, false, rosenbrock},
  };
}

}  // namespace

double AnalyticProblem::value(Point w) const {
  Vector unused(w.size());
  return evaluate(w, unused);
}

AnalyticProblem quadratic(std::size_t dimensions, double condition_number) {
  const auto n = static_cast<double>(dimensions);
  Vector eigenvalues(dimensions);
  for (std::size_t i = 0; i < dimensions; ++i)
    eigenvalues[i] = std::pow(condition_number, -static_cast<double>(i) / (n - 1));
  // H is its own inverse: the gradient is H (lambda H w).
  const auto reflect = [n](Gradient x) {
    const double shift = 2 / n * std::accumulate(x.begin(), x.end(), 0.0);
    for (double& element : x) element -= shift;
  };
  return {.name = text("quadratic of ", dimensions, ", condition number ", condition_number),
          .start = Vector(dimensions, 1),
          .minima = {Vector(dimensions, 0)},
          .least = 0,
          .convex = true,
          .evaluate = [=](Point w, Gradient g) {
            std::ranges::copy(w, g.begin());
            reflect(g);
            double f = 0;
            for (std::size_t i = 0; i < g.size(); ++i) {
              f += 0.5 * eigenvalues[i] * squared(g[i]);
              g[i] *= eigenvalues[i];
            }
            reflect(g);
            return f;
          }};
}

const std::vector<AnalyticProblem>& analytic_problems() {
  static const std::vector<AnalyticProblem> all = catalogue();
  return all;
}

const AnalyticProblem& analytic_problem(std::string_view name) {
  return *std::ranges::find(analytic_problems(), name, &AnalyticProblem::name);
}

}  // namespace ravine::test
