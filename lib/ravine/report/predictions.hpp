#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "ravine/data/schema.hpp"
#include "ravine/tensor/tensor.hpp"

namespace ravine::report {

/// What a model says of some data.
struct Predictions {
  std::string dataset;
  data::Schema schema;
  Tensor<float> values;  ///< probabilities [n, classes], or values [n] in the target's units
};

/// A row an example, numbers with nine significant digits: `class,p_<name>,...`, the most probable
/// class and the probability of each, or one column named for the target.
std::string predictions_csv(const Predictions& predictions);
/// What `ravine predict --json` prints: the predictions, or where they were written.
std::string predictions_json(const Predictions& predictions,
                             const std::optional<std::filesystem::path>& out);

}  // namespace ravine::report
