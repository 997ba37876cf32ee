#pragma once

#include <array>
#include <complex>
#include <cstddef>

// Momentum on one eigenvector of a quadratic, y' = beta y + lambda x, x' = x - alpha y', is the
// linear map R of (y, x) (Goh, 2017, "Why Momentum Really Works", Distill):
//
//     R = [ beta           lambda           ]
//         [ -alpha beta    1 - alpha lambda ]
//
// It depends on the curvature lambda and the learning rate alpha by their product alone, but for
// the unit of y. Plain gradient descent is beta = 0.

namespace ravine::lab {

/// [[a, b], [c, d]].
struct Matrix2 {
  double a, b, c, d;
};

struct MomentumSettings {
  double lr;            ///< alpha
  double momentum = 0;  ///< beta
};

Matrix2 momentum_matrix(const MomentumSettings& settings, double curvature);

/// The eigenvalues of R, roots of s^2 - (1 + beta - alpha lambda) s + beta: the larger one in size
/// first; of a conjugate pair, the one above the real axis.
std::array<std::complex<double>, 2> momentum_eigenvalues(const MomentumSettings& settings,
                                                         double curvature);

/// max(|s1|, |s2|): by what the component shrinks a step in the long run.
double momentum_rate(const MomentumSettings& settings, double curvature);

/// Whether the component shrinks, by Jury's criterion: |beta| < 1 and 0 < alpha lambda < 2 + 2
/// beta. That is a rate below 1, but for rounding.
bool is_stable(const MomentumSettings& settings, double curvature);

/// R^k in closed form, p_k R - beta p_(k-1) I with p_k = (s1^k - s2^k) / (s1 - s2), which is
/// k s^(k-1) for equal eigenvalues (Williams, 1992, "The nth power of a 2x2 matrix"). Exact to
/// rounding where they nearly are equal, too, and infinite beyond a double's range.
Matrix2 momentum_power(const MomentumSettings& settings, double curvature, std::size_t k);

/// x after k steps from x = 1, y = 0.
double momentum_factor(const MomentumSettings& settings, double curvature, std::size_t k);

}  // namespace ravine::lab
