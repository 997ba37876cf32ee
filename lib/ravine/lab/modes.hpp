#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "ravine/lab/momentum_matrix.hpp"

// Gradient descent and momentum on f(w) = 1/2 w'Aw - b'w fall apart into the components x of
// w - w* along the eigenvectors of A, each of which goes its own way (Goh, 2017).

namespace ravine::lab {

/// Where a run starts: the curvature of each eigenvector, and the component of w - w* along it.
struct Modes {
  std::vector<double> curvatures;  ///< [n], eigenvalues of A
  std::vector<double> start;       ///< [n]
};

/// lambda x^2 / 2, what a component adds to f(w) - f(w*).
double error_share(double curvature, double component);

/// x_i after k steps, [n].
std::vector<double> components_after(const Modes& modes, const MomentumSettings& settings,
                                     std::size_t k);

/// The `error_share` of each eigenspace after k steps, [n].
std::vector<double> error_shares(const Modes& modes, const MomentumSettings& settings,
                                 std::size_t k);

/// f(w^k) - f(w*).
double error_after(const Modes& modes, const MomentumSettings& settings, std::size_t k);

/// The slowest component's rate. A component that starts at 0 counts, too: rounding wakes it.
double rate_of(std::span<const double> curvatures, const MomentumSettings& settings);

/// Whether all components shrink.
bool all_stable(std::span<const double> curvatures, const MomentumSettings& settings);

/// Whether a rate is 1 to rounding, so that a component neither shrinks nor grows.
bool is_at_rest(double rate);

/// Steps in which this rate takes a component down to a tenth, at least 1; infinite where it does
/// not.
double steps_to_a_tenth(double rate);

}  // namespace ravine::lab
