#include "ravine/lab/gradient_noise.hpp"

#include <bit>
#include <limits>

namespace ravine::lab {
namespace {

Matrix2 product(const Matrix2& p, const Matrix2& q) {
  return {p.a * q.a + p.b * q.c, p.a * q.b + p.b * q.d, p.c * q.a + p.d * q.c,
          p.c * q.b + p.d * q.d};
}

Matrix2 sum(const Matrix2& p, const Matrix2& q) {
  return {p.a + q.a, p.b + q.b, p.c + q.c, p.d + q.d};
}

/// R S R'.
Matrix2 carried(const Matrix2& r, const Matrix2& s) {
  return product(product(r, s), {r.a, r.c, r.b, r.d});
}

}  // namespace

Matrix2 noise_covariance(const MomentumSettings& settings, double curvature, std::size_t k) {
  const double alpha = settings.lr;
  const Matrix2 one{1, -alpha, -alpha, alpha * alpha};
  const Matrix2 r = momentum_matrix(settings, curvature);
  Matrix2 covariance{0, 0, 0, 0};
  Matrix2 power{1, 0, 0, 1};  // R to the number of steps that `covariance` is of
  for (int bit = static_cast<int>(std::bit_width(k)) - 1; bit >= 0; --bit) {
    covariance = sum(covariance, carried(power, covariance));
    power = product(power, power);
    if ((k >> bit & 1) == 0) continue;
    covariance = sum(one, carried(r, covariance));
    power = product(power, r);
  }
  return covariance;
}

double stationary_variance(const MomentumSettings& settings, double curvature) {
  const auto [alpha, beta] = settings;
  if (alpha == 0) return 0;
  if (!is_stable(settings, curvature)) return std::numeric_limits<double>::infinity();
  return alpha * (1 + beta) / (curvature * (1 - beta) * (2 + 2 * beta - alpha * curvature));
}

}  // namespace ravine::lab
