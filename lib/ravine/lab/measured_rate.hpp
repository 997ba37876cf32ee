#pragma once

#include <complex>
#include <optional>
#include <span>

#include "ravine/lab/momentum_matrix.hpp"

namespace ravine::lab {

/// q with u = x + q (x - x before), the part of a component's state along the left eigenvector of R
/// for its larger eigenvalue s: q = beta / (s - beta).
///
/// By R, u shrinks by exactly s each step, from the first one on. |x| itself does not: it swings
/// where s is complex, it is k s^k where both eigenvalues are the same, and at first the smaller
/// eigenvalue has a say. Whatever a run's true rate, u has it in the long run, as any part of the
/// state has; only the ways there differ.
std::complex<double> slowest_part(const MomentumSettings& settings, double curvature);

/// How much a component of a run shrank per step, the geometric mean over all steps: (|u_K| /
/// |u_0|)^(1/K) with u of `slowest_part`, out of the run's own positions.
///
/// `components` is x after 0, 1, 2, ... steps and `sizes` the size of all of w, which sets the
/// rounding: K is the last step before u is lost in it, but at least 1. None where u_0 is, or there
/// is no step.
std::optional<double> measured_rate(std::span<const double> components,
                                    std::span<const double> sizes, const MomentumSettings& settings,
                                    double curvature);

}  // namespace ravine::lab
