#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "ravine/lab/full_batch.hpp"
#include "ravine/lab/lanczos.hpp"
#include "ravine/lab/momentum_matrix.hpp"

namespace ravine::lab {

/// A largest eigenvalue of the Hessian along a run.
struct Sharpness {
  std::size_t step;
  double value;
  /// Whether it is exact to 1e-4 of itself; otherwise the largest eigenvalue may be above it.
  bool converged = true;
};

/// Training of a network on all examples at once, with the sharpness looked at now and then: where
/// it is above (2 + 2 beta) / alpha, the loss's quadratic says that steps along the sharpest
/// direction grow (Cohen et al., 2021, "Gradient Descent on Neural Networks Typically Occurs at the
/// Edge of Stability", ICLR).
struct SharpnessPath {
  MomentumSettings settings;
  double limit;                      ///< (2 + 2 beta) / alpha
  std::vector<double> losses;        ///< after k steps, up to the last that is finite
  std::vector<Sharpness> sharpness;  ///< the start's first
  bool diverged = false;             ///< a loss, or a curvature, was not finite
  std::size_t products = 0;          ///< of the Hessian with a vector
};

struct SharpnessPathOptions {
  std::size_t steps;
  std::uint64_t seed = 0;
  /// For one look at the sharpness.
  std::size_t most_products = LanczosOptions{}.most_steps;
  /// Called with the steps taken so far, after each and while the sharpness is looked at.
  std::function<void(std::size_t steps)> on_work = {};
};

/// From the layers' weights, which are changed. The sharpness is looked at before the
/// first step, after the last, and at even distances between them: 41 times at most.
SharpnessPath sharpness_path(Layers& layers, const FullBatch& batch,
                             const MomentumSettings& settings, const SharpnessPathOptions& options);

}  // namespace ravine::lab
