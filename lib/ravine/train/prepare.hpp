#pragma once

#include <cstdint>
#include <optional>

#include "ravine/data/dataset.hpp"
#include "ravine/data/standardizer.hpp"
#include "ravine/train/model.hpp"

namespace ravine::train {

/// Data as a network sees them: in three parts, on one scale.
struct Prepared {
  data::Dataset train;
  data::Dataset validation;  // empty where none was asked for
  data::Dataset test;
  std::optional<data::Standardizer> feature_scaling = {};
  std::optional<data::Standardizer> target_scaling = {};
};

/// Sets a validation part aside from the training part by `seed` (none for a fraction of 0), and
/// standardises, by the training part alone, the features (images stay in [0, 1]) and a regression
/// target. Throws InputError for a fraction outside [0, 1).
Prepared prepare(const data::TrainTest& parts, double validation_fraction, std::uint64_t seed);

/// The same data without its test part, for those who must not see it yet.
Prepared without_test(Prepared data);

/// A model for these data with weights drawn by `seed`: `hidden` are the widths between features
/// and outputs, for an mlp alone. Throws InputError where the kind does not fit the task.
Model make_model(ModelKind kind, const std::vector<std::size_t>& hidden, Activation activation,
                 const Prepared& data, std::uint64_t seed);

/// Data as they come, on the scale that the model was trained on.
data::Dataset scaled_for(const Model& model, const data::Dataset& raw);

}  // namespace ravine::train
