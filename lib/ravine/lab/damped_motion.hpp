#pragma once

#include <array>
#include <complex>

// A particle in a viscous medium, drawn to 0 by a spring: m w'' + mu w' = -k w. Its potential is
// the quadratic k w^2 / 2, and momentum is its motion in steps of time (Qian, 1999, "On the
// momentum term in gradient descent learning algorithms", Neural Networks 12).

namespace ravine::lab {

struct Medium {
  double mass;      ///< m, above 0
  double friction;  ///< mu, above 0
};

enum class Damping { over, critical, under };

/// Two real roots, one, or a conjugate pair.
Damping damping(const Medium& medium, double curvature);

/// The roots of m s^2 + mu s + k, the slower one first; of a conjugate pair, the one above the real
/// axis.
std::array<std::complex<double>, 2> decay_roots(const Medium& medium, double curvature);

/// w(t) from w(0) = 1 at rest.
double displacement(const Medium& medium, double curvature, double time);

/// k = mu^2 / (4 m), where the motion is critically damped.
double critical_curvature(const Medium& medium);

/// By what factor the particle approaches 0 faster than one without mass, mu w' = -k w, which is
/// plain gradient descent and decays at the rate k / mu (Qian, 1999, section 3). 2 at the critical
/// curvature, and less on both sides of it: 1 for k -> 0, 2 k_critical / k above.
double speedup(const Medium& medium, double curvature);

}  // namespace ravine::lab
