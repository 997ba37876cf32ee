#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "ravine/lab/full_batch.hpp"
#include "ravine/lab/momentum_matrix.hpp"
#include "ravine/optim/optimizer.hpp"

namespace ravine::lab {

/// The registered rule of `descent_settings`. Throws InputError for settings out of its ranges.
std::unique_ptr<optim::Optimizer<double>> descent_optimizer(const Parameters<double>& parameters,
                                                            const MomentumSettings& settings);

/// What training on all examples at once comes to, from weights 0 and with autograd's gradients.
struct MeasuredDescent {
  std::vector<double> gaps;  ///< f(w^k) - f(w*) for k = 0, 1, ...
  /// The first k with a gap of the tolerance at most; none where that was not seen.
  std::optional<std::size_t> steps;
};

/// Of a linear model, until the gap to `least_loss` is `tolerance` at most, the loss is no longer
/// finite, or `most_steps` were taken. `on_step` is called with the steps taken so far.
MeasuredDescent measured_descent(const FullBatch& batch, const MomentumSettings& settings,
                                 double least_loss, double tolerance, std::size_t most_steps,
                                 const std::function<void(std::size_t)>& on_step = {});

}  // namespace ravine::lab
