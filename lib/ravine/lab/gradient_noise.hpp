#pragma once

#include <cstddef>

#include "ravine/lab/momentum_matrix.hpp"

// Momentum with noise in the gradient, y' = beta y + lambda x + e, x' = x - alpha y' with e ~
// N(0, sigma^2), on one eigenvector: each step adds (1, -alpha) e to (y, x), which R then carries
// on (Goh, 2017, "Momentum with Stochastic
// Gradients").

namespace ravine::lab {

/// The covariance of (y, x) after k steps from a fixed start, per sigma^2:
/// sum over j < k of (R^j n)(R^j n)' with n = (1, -alpha). By doubling, S_2k = S_k + R^k S_k R^k'.
Matrix2 noise_covariance(const MomentumSettings& settings, double curvature, std::size_t k);

/// The variance of x in the long run, per sigma^2: that of the second-order recursion x'' =
/// (1 + beta - alpha lambda) x' - beta x - alpha e,
///
///     alpha (1 + beta) / (lambda (1 - beta) (2 + 2 beta - alpha lambda)).
///
/// Infinite where the component does not shrink, and 0 at the learning rate 0, where x stands
/// still.
double stationary_variance(const MomentumSettings& settings, double curvature);

}  // namespace ravine::lab
