#pragma once

#include <cstddef>
#include <vector>

#include "ravine/lab/full_batch.hpp"
#include "ravine/lab/modes.hpp"

namespace ravine::lab {

/// Half the mean squared error of a linear model with a bias is a quadratic of its weights w, with
/// the Gram matrix G = [X 1]'[X 1] / n as its Hessian: all of it is known before training.
struct GramSpectrum {
  std::vector<double> eigenvalues;  ///< all of G's, ascending, [features + 1]
  /// How many of them count. Where columns depend on each other, or are constant, some are 0 but
  /// for rounding: the loss does not change along their eigenvectors, and descent never moves
  /// there.
  std::size_t rank;
  /// Of those that count, with the components of w - w* for w = 0.
  Modes from_zero;
  double least_loss;  ///< f(w*)
};

/// An eigenvalue counts above (features + 1) e^2 times the largest, with float's rounding error
/// e = 2^-23 that the features carry. Throws InputError for classes.
GramSpectrum gram_spectrum(const FullBatch& batch);

}  // namespace ravine::lab
