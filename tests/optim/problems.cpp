#include "optim/problems.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace ravine::optim::testing {
namespace {

using Vector = std::vector<double>;

/// 3 w1^2 + 10 w2^2.
Vector ellipse(std::span<const double> w) { return {6 * w[0], 20 * w[1]}; }

/// (1 - w1)^2 + 100 (w2 - w1^2)^2.
Vector rosenbrock(std::span<const double> w) {
  const double off_valley = w[1] - w[0] * w[0];
  return {-2 * (1 - w[0]) - 400 * off_valley * w[0], 200 * off_valley};
}

/// 1/2 sum over i of 2^-i w_i^2.
Vector scaled_quadratic(std::span<const double> w) {
  Vector g(w.size());
  for (std::size_t i = 0; i < w.size(); ++i) g[i] = std::ldexp(w[i], -static_cast<int>(i));
  return g;
}

/// The mean cross entropy of a logistic regression; the last weight is the bias. Its gradient is
/// the mean over the rows of (p - y) x.
Vector logistic(std::span<const double> w) {
  constexpr std::array<std::array<double, 3>, 8> x{{{0.5, -1.2, 0.3},
                                                    {1.5, 0.4, -0.7},
                                                    {-0.3, 0.8, 1.1},
                                                    {-1.7, -0.5, 0.2},
                                                    {0.9, 1.3, -1.4},
                                                    {-0.6, 0.1, 0.7},
                                                    {2.1, -0.9, 0.5},
                                                    {-1.1, -1.6, -0.8}}};
  constexpr std::array<double, 8> y{1, 1, 0, 0, 1, 0, 1, 0};
  Vector g(4);
  for (std::size_t row = 0; row < x.size(); ++row) {
    const double z = x[row][0] * w[0] + x[row][1] * w[1] + x[row][2] * w[2] + w[3];
    const double off = (1 / (1 + std::exp(-z)) - y[row]) / static_cast<double>(x.size());
    for (std::size_t i = 0; i < 3; ++i) g[i] += off * x[row][i];
    g[3] += off;
  }
  return g;
}

}  // namespace

const std::vector<Problem>& problems() {
  static const std::vector<Problem> all{
      {.name = "ellipse", .start = {-15, 20}, .gradient = ellipse},
      {.name = "rosenbrock", .start = {-1.2, 1}, .gradient = rosenbrock},
      {.name = "scaled_quadratic", .start = Vector(8, 1), .gradient = scaled_quadratic},
      {.name = "logistic", .start = Vector(4, 0), .gradient = logistic}};
  return all;
}

const Problem& problem(std::string_view name) {
  return *std::ranges::find(problems(), name, &Problem::name);
}

}  // namespace ravine::optim::testing
