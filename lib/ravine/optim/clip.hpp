#pragma once

#include <string_view>

#include "ravine/optim/optimizer.hpp"

// To be called between the backward pass and the step.

namespace ravine::optim {

/// Scales all gradients by one factor so that their norm together is at most `max_norm`, and
/// returns the norm they had: Pascanu, Mikolov and Bengio (2013), On the difficulty of training
/// recurrent neural networks, algorithm 1. Gradients whose norm is not finite stay as they are.
/// Throws InputError for a limit that is not above 0.
template <class T>
double clip_grad_norm(Optimizer<T>& optimizer, double max_norm);

/// Brings each element of the gradients into [-limit, limit]. Throws InputError for a limit that is
/// not above 0.
template <class T>
void clip_grad_value(Optimizer<T>& optimizer, double limit);

/// Throws InputError, by the name of what limits, for one that is not above 0.
void check_clip_limit(std::string_view name, double limit);

}  // namespace ravine::optim
