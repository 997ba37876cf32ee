#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "ravine/data/features.hpp"
#include "ravine/data/schema.hpp"
#include "ravine/tensor/tensor.hpp"

namespace ravine::data {

/// Examples with what is to be predicted for them, and what their columns mean. Copies share the
/// numbers, which never change after loading.
struct Dataset : Schema {
  std::string name;
  Features features;  // [n, f]
  /// [n]: the index of the class, or the value in its own units; none when only predictions are
  /// asked for.
  Tensor<float> targets;

  std::size_t size() const { return features.rows(); }
  std::size_t feature_count() const { return features.columns(); }
  std::size_t class_count() const { return class_names.size(); }
  bool has_targets() const { return !targets.empty(); }

  /// The examples of the given rows, in that order. Throws ShapeError for a row past the end.
  Dataset subset(std::span<const std::size_t> rows) const;
};

/// Two parts of the same data: what is learned from, and what it is judged by.
struct TrainTest {
  Dataset train;
  Dataset test;
};

}  // namespace ravine::data
