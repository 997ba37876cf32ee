#pragma once

#include <optional>

#include "ravine/lab/momentum_matrix.hpp"

namespace ravine::lab {

/// What a person has to say of the settings; the rest is what theory calls best.
struct SettingsChoice {
  std::optional<double> lr = {};
  std::optional<double> momentum = {};
};

/// The learning rate that is best for a given momentum on curvatures from `smallest` to `largest`:
/// 2 (1 + beta) / (l_1 + l_n). The rate of a component does not fall where |1 + beta - alpha
/// lambda|, the trace of R, grows (it stays what it is while the eigenvalues are complex), and this
/// trace is then the same at both ends. Without momentum it is that of gradient descent, and at the
/// best momentum that of `best_momentum`.
double best_lr(double momentum, double smallest, double largest);

/// Nothing given: the best momentum with its learning rate. A learning rate alone is plain gradient
/// descent; a momentum alone gets its `best_lr`. Throws InputError where what is given is out of
/// its range, or the learning rate so large that rates cannot be computed.
MomentumSettings chosen_settings(const SettingsChoice& choice, double smallest, double largest);

}  // namespace ravine::lab
