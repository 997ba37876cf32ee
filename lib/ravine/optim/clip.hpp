#pragma once

#include "ravine/optim/optimizer.hpp"

// To be called between the backward pass and the step.

namespace ravine::optim {

/// Scales all gradients by one factor so that their norm together is at most `max_norm`, and
/// returns the norm they had: Pascanu, Mikolov and Bengio (2013), On the difficulty of training
/// recurrent neural networks, algorithm 1. Gradients whose norm is not finite stay as they are.
template <class T>
double clip_grad_norm(Optimizer<T>& optimizer, double max_norm);

/// Brings each element of the gradients into [-limit, limit].
template <class T>
void clip_grad_value(Optimizer<T>& optimizer, double limit);

}  // namespace ravine::optim
