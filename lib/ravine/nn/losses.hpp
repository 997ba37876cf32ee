#pragma once

#include "ravine/autograd/variable.hpp"

// Losses: one number from predictions and targets, the mean over all of them. Targets are
// constants, of the predictions' shape but for extents of 1, so that [n, 1] goes with [n] and never
// stretches to [n, n]. All throw ShapeError where the two do not fit.

namespace ravine {

/// The mean of (prediction - target)^2.
template <class T>
Variable<T> mse_loss(const Variable<T>& prediction, const Tensor<T>& target);
/// Half of it: the loss whose gradient is the mean error.
template <class T>
Variable<T> half_mse_loss(const Variable<T>& prediction, const Tensor<T>& target);
/// The mean of |prediction - target|.
template <class T>
Variable<T> l1_loss(const Variable<T>& prediction, const Tensor<T>& target);
/// The mean of d^2 / 2 where d = |prediction - target| <= delta, else delta (d - delta / 2)
/// (Huber, 1964). Throws InputError unless delta > 0.
template <class T>
Variable<T> huber_loss(const Variable<T>& prediction, const Tensor<T>& target, double delta = 1);
/// The mean of -t log p - (1 - t) log(1 - p) with p = sigmoid(logit), for targets in [0, 1].
template <class T>
Variable<T> bce_with_logits(const Variable<T>& logits, const Tensor<T>& target);

/// The mean over the rows of -log softmax(logits)[class], from logits [n, classes] and class
/// indices [n]. With label smoothing e the class has the weight 1 - e and all share e evenly
/// (Szegedy et al., 2016). Throws ShapeError, and InputError for an index that is no class.
template <class T>
Variable<T> cross_entropy(const Variable<T>& logits, const Tensor<T>& classes,
                          double label_smoothing = 0);

}  // namespace ravine
