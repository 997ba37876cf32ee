#pragma once

#include <cstddef>
#include <optional>

#include "ravine/data/dataset.hpp"
#include "ravine/nn/module.hpp"
#include "ravine/train/model.hpp"

namespace ravine::train {

/// What training minimises: for classes the cross-entropy, for a number half the mean squared error
/// of the standardised target (so that the curvature of a linear model is its features'
/// covariance).
Variable<float> loss_of(data::Task task, const Variable<float>& output,
                        const Tensor<float>& targets);

/// Of predicting the same for every example of prepared data: all classes alike, or the mean of a
/// standardised target.
double loss_of_a_constant(const data::Dataset& prepared);

/// How good a model is on some data.
struct Metrics {
  double loss = 0;                 // as `loss_of`
  std::optional<double> accuracy;  // of classes, in [0, 1]
  std::optional<double> rmse;      // of a number, in the target's own units
  std::optional<double> r2;        // of a number; 1 - SSE / SST, none where all targets are equal
};

/// Of a network on prepared data. `target_deviation` is what one unit of its output is worth.
Metrics evaluate(nn::Module<float>& network, const data::Dataset& dataset,
                 double target_deviation = 1);
/// Of a model on data prepared as those that it was made for.
Metrics evaluate_prepared(Model& model, const data::Dataset& prepared);
/// Of a model on data as they come. Throws InputError for data without targets.
Metrics evaluate(Model& model, const data::Dataset& raw);

/// The share of examples whose most probable class is theirs, in [0, 1].
double accuracy(nn::Module<float>& network, const data::Dataset& dataset);

/// What a model says of data as they come: probabilities [n, classes], or values [n] in the
/// target's own units.
Tensor<float> predict(Model& model, const data::Dataset& raw);

}  // namespace ravine::train
