#pragma once

#include <array>
#include <complex>
#include <cstddef>
#include <span>
#include <vector>

#include "ravine/lab/damped_motion.hpp"
#include "ravine/lab/momentum_matrix.hpp"

// Momentum as the motion of damped oscillators, one an eigenvector of the curvature (Qian, 1999).

namespace ravine::lab {

struct OscillatorOptions {
  Medium medium{.mass = 2, .friction = 4};
  double dt = 0.5;                        ///< time of a step
  std::vector<double> curvatures{3, 30};  ///< k of each eigenvector
  std::size_t steps = 100;
  double start = 1;  ///< w(0), at rest
};

/// The motion in steps of dt, m (w_(t+1) - 2 w_t + w_(t-1)) / dt^2 + mu (w_(t+1) - w_t) / dt =
/// -k w_t, is momentum: learning rate dt^2 / (m + mu dt), momentum m / (m + mu dt) (Qian, 1999,
/// section 2). At rest at the start, w_(-1) = w_0, momentum's velocity is 0, as the rule has it.
MomentumSettings momentum_of(const Medium& medium, double dt);

/// The motion along one eigenvector.
struct OscillatorMode {
  double curvature;
  Damping damping;
  std::array<std::complex<double>, 2> roots;  ///< of the continuous motion, a unit of time
  double speedup;                             ///< over plain descent, both continuous
  std::array<std::complex<double>, 2> discrete_eigenvalues;  ///< of the steps
  bool stable;                      ///< -1 < momentum < 1 and 0 < lr k < 2 + 2 momentum
  double largest_dt;                ///< up to which it is stable
  double largest_dt_of_plain;       ///< the same of plain descent, 2 mu / k
  std::vector<double> run;          ///< [steps + 1] of the registered rule, less where it overflows
  std::vector<double> closed_form;  ///< by powers of R, as long as `run`
  std::vector<double> continuous;   ///< w(t dt), [steps + 1]
  double max_closed_form_error;     ///< `closed_form_error` of the run
};

struct Oscillator {
  OscillatorOptions options;
  MomentumSettings settings;
  double critical_curvature;
  std::vector<OscillatorMode> modes;
};

/// The largest of |run - closed form| over the size of the state, hypot(w_t, w_(t-1)): where w
/// alone passes 0, digits that it never had are not missed. A difference that is too small for a
/// double's full precision does not count. Not a number where one w is not.
double closed_form_error(std::span<const double> run, std::span<const double> closed_form);

/// Runs the registered rule `sgd` with momentum on k w^2 / 2 with gradients from autograd, for each
/// curvature. Throws InputError where there is no mass, friction, time or curvature above 0, or no
/// start, and for more steps than can be kept.
Oscillator oscillator(const OscillatorOptions& options);

}  // namespace ravine::lab
