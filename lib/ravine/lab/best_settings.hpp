#pragma once

#include "ravine/lab/momentum_matrix.hpp"

// What theory calls best for a quadratic whose curvatures lie between `smallest` and `largest`, of
// the condition number kappa = largest / smallest (Polyak, 1964; Goh, 2017).

namespace ravine::lab {

struct BestSettings {
  MomentumSettings settings;
  double rate;  ///< of the slowest component
};

/// alpha = 2 / (l_1 + l_n), rate (kappa - 1) / (kappa + 1).
BestSettings best_descent(double smallest, double largest);

/// alpha = (2 / (sqrt l_1 + sqrt l_n))^2, beta = ((sqrt l_n - sqrt l_1) / (sqrt l_n + sqrt l_1))^2,
/// rate (sqrt kappa - 1) / (sqrt kappa + 1), the root of beta.
BestSettings best_momentum(double smallest, double largest);

/// The rate above which a curvature diverges: 2 / lambda, with momentum (2 + 2 beta) / lambda.
double largest_stable_lr(double momentum, double curvature);

/// beta = (1 - sqrt(alpha lambda))^2, at which the eigenvalues of R meet and the component neither
/// swings nor lags.
double critical_momentum(double lr, double curvature);

}  // namespace ravine::lab
