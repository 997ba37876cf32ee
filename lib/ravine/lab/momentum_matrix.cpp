#include "ravine/lab/momentum_matrix.hpp"

#include <cmath>
#include <utility>

namespace ravine::lab {
namespace {

/// s^2 - trace s + determinant, with half of the trace and the quarter of the discriminant.
struct Characteristic {
  double half_trace;
  double determinant;
  double discriminant;
};

Characteristic characteristic(const MomentumSettings& settings, double curvature) {
  const double product = settings.lr * curvature;
  const double half = (1 + settings.momentum - product) / 2;
  // half^2 - beta, without the loss of digits where beta is near 1 and the product small.
  const double rest = (1 - settings.momentum - product) / 2;
  return {half, settings.momentum, rest * rest - product * settings.momentum};
}

/// p_k = (s1^k - s2^k) / (s1 - s2), k >= 1. As an even function of s1 - s2 it is smooth where the
/// two meet; sine and sinh keep it so in rounding.
double divided_power(const Characteristic& equation, std::size_t k) {
  const auto [half, determinant, discriminant] = equation;
  const double n = static_cast<double>(k);
  if (discriminant == 0) return n * std::pow(half, n - 1);
  if (discriminant < 0) {
    const double root = std::sqrt(-discriminant);
    // Of -s where the real part is negative: a small angle keeps its digits, one near pi does not.
    const double angle = std::atan2(root, std::abs(half));
    const double sign = half < 0 && k % 2 == 0 ? -1 : 1;
    return sign * std::pow(determinant, n / 2) * std::sin(n * angle) / root;
  }
  const double root = std::sqrt(discriminant);
  const double larger = half + std::copysign(root, half);
  const double smaller = determinant / larger;
  if (determinant <= 0) return (std::pow(larger, n) - std::pow(smaller, n)) / (larger - smaller);
  // With s1 / s2 = exp(2 phi): s1^k (1 - exp(-2 k phi)) / (s1 - s2).
  const double phi = std::asinh(root / std::sqrt(determinant));
  return std::pow(larger, n) * -std::expm1(-2 * n * phi) / std::copysign(2 * root, half);
}

}  // namespace

Matrix2 momentum_matrix(const MomentumSettings& settings, double curvature) {
  return {settings.momentum, curvature, -settings.lr * settings.momentum,
          1 - settings.lr * curvature};
}

std::array<std::complex<double>, 2> momentum_eigenvalues(const MomentumSettings& settings,
                                                         double curvature) {
  const auto [half, determinant, discriminant] = characteristic(settings, curvature);
  if (discriminant < 0) {
    const std::complex<double> above(half, std::sqrt(-discriminant));
    return {above, std::conj(above)};
  }
  const double larger = half + std::copysign(std::sqrt(discriminant), half);
  return {larger, larger == 0 ? 0 : determinant / larger};
}

double momentum_rate(const MomentumSettings& settings, double curvature) {
  return std::abs(momentum_eigenvalues(settings, curvature)[0]);
}

bool is_stable(const MomentumSettings& settings, double curvature) {
  const auto [lr, momentum] = settings;
  const double product = lr * curvature;
  return std::abs(momentum) < 1 && product > 0 && product < 2 + 2 * momentum;
}

Matrix2 momentum_power(const MomentumSettings& settings, double curvature, std::size_t k) {
  if (k == 0) return {1, 0, 0, 1};
  const Matrix2 r = momentum_matrix(settings, curvature);
  if (k == 1) return r;
  const Characteristic equation = characteristic(settings, curvature);
  const double p = divided_power(equation, k);
  if (std::isfinite(p)) {
    const double diagonal = settings.momentum * divided_power(equation, k - 1);
    return {p * r.a - diagonal, p * r.b, p * r.c, p * r.d - diagonal};
  }
  // p_(k-1) / p_k is 1 / s1 by then; what is 0 stays so.
  const double share = settings.momentum / momentum_eigenvalues(settings, curvature)[0].real();
  const auto beyond = [p](double entry) { return entry == 0 ? 0 : p * entry; };
  return {beyond(r.a - share), beyond(r.b), beyond(r.c), beyond(r.d - share)};
}

double momentum_factor(const MomentumSettings& settings, double curvature, std::size_t k) {
  return momentum_power(settings, curvature, k).d;
}

}  // namespace ravine::lab
