#include "ravine/lab/damped_motion.hpp"

#include <cmath>
#include <limits>

namespace ravine::lab {
namespace {

/// The roots of s^2 + 2 a s + k / m are -a ± sqrt(discriminant).
struct Equation {
  double a;
  double stiffness;  // k / m
  double discriminant;
};

Equation equation(const Medium& medium, double curvature) {
  const double a = medium.friction / (2 * medium.mass);
  const double stiffness = curvature / medium.mass;
  const double discriminant = a * a - stiffness;
  // What rounding alone makes of 0: decimals such as 0.3 are not exact.
  const double rounding = 4 * std::numeric_limits<double>::epsilon() * stiffness;
  return {a, stiffness, std::abs(discriminant) <= rounding ? 0 : discriminant};
}

}  // namespace

Damping damping(const Medium& medium, double curvature) {
  const double discriminant = equation(medium, curvature).discriminant;
  if (discriminant == 0) return Damping::critical;
  return discriminant > 0 ? Damping::over : Damping::under;
}

std::array<std::complex<double>, 2> decay_roots(const Medium& medium, double curvature) {
  const auto [a, stiffness, discriminant] = equation(medium, curvature);
  if (discriminant < 0) {
    const std::complex<double> above(-a, std::sqrt(-discriminant));
    return {above, std::conj(above)};
  }
  // The slower one by the product of both: the difference of a and the root would lose its digits.
  const double faster = -a - std::sqrt(discriminant);
  return {stiffness / faster, faster};
}

double displacement(const Medium& medium, double curvature, double time) {
  const auto [a, stiffness, discriminant] = equation(medium, curvature);
  if (discriminant == 0) return std::exp(-a * time) * (1 + a * time);
  if (discriminant < 0) {
    const double frequency = std::sqrt(-discriminant);
    const double phase = frequency * time;
    return std::exp(-a * time) * (std::cos(phase) + a / frequency * std::sin(phase));
  }
  // exp(-a t) (cosh(r t) + a / r sinh(r t)), without the large factors.
  const double root = std::sqrt(discriminant);
  const double lost = -std::expm1(-2 * root * time);
  const double slower = stiffness / (-a - root);
  return std::exp(slower * time) * (1 - lost / 2 + a * lost / (2 * root));
}

double critical_curvature(const Medium& medium) {
  return medium.friction * medium.friction / (4 * medium.mass);
}

double speedup(const Medium& medium, double curvature) {
  return -decay_roots(medium, curvature)[0].real() * medium.friction / curvature;
}

}  // namespace ravine::lab
