#pragma once

#include <cstddef>
#include <vector>

#include "ravine/lab/trajectory.hpp"

// The function that gradients tell least about (Nesterov, 2004, "Introductory lectures on convex
// optimization", 2.1.4; as the "Convex Rosenbrock" in Goh, 2017, "Why Momentum Really Works",
// Distill): a chain of n numbers, of which the first is pulled towards 1, each next one towards the
// one before, and all a little towards 0,
//
//     f(w) = 1/2 (w_1 - 1)^2 + 1/2 sum_{i<n} (w_i - w_{i+1})^2 + 2 / (kappa - 1) |w|^2.

namespace ravine::lab {

struct ConvexRosenbrock {
  double kappa = 100;  ///< what the condition number tends to as n grows; above 1
  std::size_t n = 200;
};

/// f of a point [n].
Objective objective(const ConvexRosenbrock& f);

/// The eigenvalues of the Hessian, ascending, [n]:
/// 2 - 2 cos((2j - 1) pi / (2n + 1)) + 4 / (kappa - 1), between 4 / (kappa - 1) and kappa times
/// that.
std::vector<double> curvatures(const ConvexRosenbrock& f);

/// (sqrt kappa - 1) / (sqrt kappa + 1): in the limit w_i* = rho^i, and the rate of momentum at its
/// best.
double decay(const ConvexRosenbrock& f);

/// w*, [n], falling and positive: (rho^i + rho^(2n+1-i)) / (1 + rho^(2n+1)), which solves
/// (2 + 4 / (kappa - 1)) w_i = w_{i-1} + w_{i+1} with w_0 = 1 and w_{n+1} = w_n. It is no less than
/// its limit rho^i.
std::vector<double> minimiser(const ConvexRosenbrock& f);

/// By step k, [steps + 1], how large max_i |w_i^k - w_i*| is at least for a method that starts at 0
/// and takes one gradient a step, if it leaves a number at 0 as long as all its gradients were 0.
/// Along the chain word travels one place a gradient, so that w_i^k = 0 for i > k, and the largest
/// error there is w*_{k+1} >= rho^(k+1) (Goh, 2017, "The Resisting Oracle"); nothing from n on.
std::vector<double> lower_bound(const ConvexRosenbrock& f, std::size_t steps);

}  // namespace ravine::lab
