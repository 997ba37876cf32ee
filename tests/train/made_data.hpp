#pragma once

#include <string>
#include <utility>
#include <vector>

#include "ravine/data/dataset.hpp"
#include "ravine/tensor/text.hpp"

// Small data whose answers are known, made in place.

namespace ravine::train {

inline data::Dataset made(data::Task task, std::size_t columns, std::vector<float> features,
                          std::vector<float> targets, std::vector<std::string> classes = {}) {
  data::Dataset dataset;
  dataset.name = "made";
  dataset.task = task;
  for (std::size_t c = 0; c < columns; ++c) dataset.feature_names.push_back(text("x", c));
  dataset.target_name = "y";
  dataset.target_position = columns;
  dataset.class_names = std::move(classes);
  dataset.targets = Tensor<float>({targets.size()}, targets);
  dataset.features = data::Features(Tensor<float>({targets.size(), columns}, features));
  return dataset;
}

/// y = 3 x0 - 2 x1 + 10 on a grid, without noise.
inline data::Dataset plane(std::size_t side) {
  std::vector<float> features;
  std::vector<float> targets;
  for (std::size_t i = 0; i < side; ++i) {
    for (std::size_t j = 0; j < side; ++j) {
      const auto a = static_cast<float>(i);
      const auto b = 5 * static_cast<float>(j);
      features.insert(features.end(), {a, b});
      targets.push_back(3 * a - 2 * b + 10);
    }
  }
  return made(data::Task::regression, 2, features, targets);
}

/// Two classes, told apart by the sign of x0.
inline data::Dataset halves(std::size_t n) {
  std::vector<float> features;
  std::vector<float> targets;
  for (std::size_t i = 0; i < n; ++i) {
    const bool right = i % 2 == 0;
    const auto size = 1 + static_cast<float>(i % 7);
    features.insert(features.end(), {right ? size : -size, static_cast<float>(i % 3)});
    targets.push_back(right ? 1.0F : 0.0F);
  }
  return made(data::Task::classification, 2, features, targets, {"left", "right"});
}

}  // namespace ravine::train
