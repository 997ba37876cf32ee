#pragma once

#include "ravine/data/schema.hpp"
#include "ravine/train/evaluate.hpp"

namespace ravine::compare {

/// What runs are judged by: the accuracy of classes, in [0, 1], or the root mean squared error of a
/// number, in its own units.
struct Metric {
  const char* name;  ///< "accuracy" or "rmse"
  bool higher_is_better;

  bool better(double a, double b) const { return higher_is_better ? a > b : a < b; }
  /// Whether a value is as good as a target, or better; NaN is not.
  bool reaches(double value, double target) const {
    return value == target || better(value, target);
  }
  /// The worst value that still counts as within one percent of `best`.
  double one_percent_from(double best) const { return (higher_is_better ? 0.99 : 1.01) * best; }
  double of(const train::Metrics& metrics) const {
    return higher_is_better ? *metrics.accuracy : *metrics.rmse;
  }
};

constexpr Metric metric_of(data::Task task) {
  return task == data::Task::classification ? Metric{"accuracy", true} : Metric{"rmse", false};
}

}  // namespace ravine::compare
