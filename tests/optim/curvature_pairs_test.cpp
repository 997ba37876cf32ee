#include "ravine/optim/curvature_pairs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace ravine::optim::testing {
namespace {

constexpr std::size_t n = 3;
using Vector = std::array<double, n>;
using Matrix = std::array<Vector, n>;

Tensor<double> tensor(const Vector& v) { return {Shape{n}, std::span<const double>(v)}; }

double product(const Vector& a, const Vector& b) {
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) sum += a[i] * b[i];
  return sum;
}

Matrix scaled_identity(double gamma) {
  Matrix h{};
  for (std::size_t i = 0; i < n; ++i) h[i][i] = gamma;
  return h;
}

/// (I - rho s y^T) H (I - rho y s^T) + rho s s^T, written out (Nocedal and Wright, 2006, 6.17).
Matrix bfgs(const Matrix& h, const Vector& s, const Vector& y) {
  const double rho = 1 / product(s, y);
  Matrix v{}, result{};
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) v[i][j] = (i == j) - rho * s[i] * y[j];
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      result[i][j] = rho * s[i] * s[j];
      for (std::size_t k = 0; k < n; ++k)
        for (std::size_t l = 0; l < n; ++l) result[i][j] += v[i][k] * h[k][l] * v[j][l];
    }
  return result;
}

const std::array<Vector, 4> steps{{{1, 0.5, -0.2}, {-0.3, 2, 0.4}, {0.7, 0.1, 1.5}, {2, -1, 3}}};
const std::array<Vector, 4> changes{{{2, 0.3, 0.1}, {0.2, 1, 0.6}, {1.1, -0.4, 0.9}, {1, 1, 2}}};
const Vector gradient{0.8, -1.3, 0.45};

TEST(CurvaturePairs, GiveTheDirectionOfTheWholeMatrix) {
  for (const std::size_t most : {1U, 2U, 3U, 10U}) {
    CurvaturePairs<double> pairs;
    for (std::size_t i = 0; i < steps.size(); ++i)
      pairs.add(tensor(steps[i]), tensor(changes[i]), most);
    const std::size_t kept = std::min(most, steps.size());
    ASSERT_EQ(pairs.pairs().size(), kept);

    const Vector& y = changes.back();
    Matrix h = scaled_identity(product(steps.back(), y) / product(y, y));
    for (std::size_t i = steps.size() - kept; i < steps.size(); ++i)
      h = bfgs(h, steps[i], changes[i]);
    const Tensor<double> d = pairs.direction(tensor(gradient));
    for (std::size_t i = 0; i < n; ++i) EXPECT_NEAR(d[i], -product(h[i], gradient), 1e-12) << most;
  }
}

TEST(CurvaturePairs, BeginWithTheGradient) {
  CurvaturePairs<float> pairs;
  EXPECT_EQ(pairs.direction(Tensor<float>({2}, {3, -4})).to_vector(), (std::vector<float>{-3, 4}));
}

TEST(CurvaturePairs, LeaveOutMovesWithoutCurvature) {
  CurvaturePairs<double> pairs;
  pairs.add(tensor({1, 0, 0}), tensor({-1, 0, 0}), 5);
  pairs.add(tensor({0, 0, 0}), tensor({0, 0, 0}), 5);
  pairs.add(tensor({1, 0, 0}), tensor({0.5e-10, 0, 0}), 5);
  pairs.add(tensor({1, 0, 0}), tensor({std::nan(""), 0, 0}), 5);
  EXPECT_TRUE(pairs.pairs().empty());
  pairs.add(tensor({1, 0, 0}), tensor({2e-10, 0, 0}), 5);
  EXPECT_EQ(pairs.pairs().size(), 1U);
}

}  // namespace
}  // namespace ravine::optim::testing
