#pragma once

#include <vector>

#include "ravine/data/dataset.hpp"
#include "ravine/tensor/tensor.hpp"

namespace ravine::data {

/// Means and population standard deviations of the columns of the training part, by which all
/// data are brought to mean 0 and deviation 1. A constant column has deviation 1.
struct Standardizer {
  std::vector<double> mean;
  std::vector<double> deviation;
};

/// Of the features of the training part. Throws InputError if there are no examples.
Standardizer fit_features(const Dataset& train);
/// Of the regression target of the training part: one column. Throws InputError for
/// classification or no examples.
Standardizer fit_target(const Dataset& train);

/// The same examples with features (x - mean) / deviation; bytes stay bytes. Throws ShapeError
/// when the number of columns differs.
Dataset standardize_features(const Dataset& dataset, const Standardizer& standardizer);
/// The same examples with targets (y - mean) / deviation. Throws ShapeError unless there is one
/// column.
Dataset standardize_target(const Dataset& dataset, const Standardizer& standardizer);
/// Predictions [n] or [n, 1] of a standardised target, back in its own units. Throws ShapeError
/// unless there is one column.
Tensor<float> restore_target(const Tensor<float>& standardized, const Standardizer& standardizer);

}  // namespace ravine::data
