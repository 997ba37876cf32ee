#pragma once

#include <string_view>
#include <vector>

namespace ravine::lab {

/// How a component goes to its minimum, from the kinds of R's eigenvalues. Their product is beta,
/// so that real ones have the same sign.
enum class Regime {
  monotone,     ///< real, not negative: x falls, as with small learning rates
  alternating,  ///< real, negative: x changes its sign every step, and its size falls in the end
  ripples,      ///< complex, the real part not negative: a wave of four steps or more
  oscillation,  ///< complex, the real part negative: a wave of less than four steps
  divergence,   ///< the rate is 1 or more: x does not shrink
};

/// Of momentum beta with a learning rate alpha on a curvature lambda: every point belongs to one.
/// Divergence is lambda alpha >= 2 + 2 beta, or 0, or beta = 1. The eigenvalues are complex for
/// (1 - sqrt(beta))^2 < alpha lambda < (1 + sqrt(beta))^2, and the real part has the sign of
/// 1 + beta - alpha lambda. One step to the minimum, alpha lambda = 1 without momentum, counts as
/// monotone.
Regime regime_of(double alpha_lambda, double beta);

/// `monotone decrease`, `monotone with sign change`, `ripples`, `oscillation`, `divergence`.
std::string_view name_of(Regime regime);
/// In the order of the values.
std::vector<Regime> all_regimes();

}  // namespace ravine::lab
