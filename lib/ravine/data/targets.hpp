#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ravine/data/schema.hpp"
#include "ravine/tensor/tensor.hpp"

namespace ravine::data {

/// What is to be predicted, ready for training.
struct Targets {
  Task task = Task::regression;
  std::vector<std::string> class_names;  // none for regression
  Tensor<float> values;                  // [n]: index of the class, or the value
};

/// Numbers are classes when all are integers and there are at most two different ones, or at most
/// 20 with five or more examples of each on average; `task` decides otherwise. Class names are in
/// the order of the numbers. Throws InputError, starting with `where`, for one class only, and for
/// classes that are more than 20 numbers with fractions among them.
/// From a model alone, `task` makes no classes of more than 20 different numbers.
Targets encode_numbers(std::span<const double> numbers, std::optional<Task> task,
                       std::string_view where, TaskFrom task_from = TaskFrom::user);

/// Words are classes, in alphabetical order. Throws as above.
Targets encode_labels(std::span<const std::string> labels, std::string_view where);

/// Finds classes by name, and numbers however they are written: 1.0 is the class named 1.
class ClassIndex {
 public:
  explicit ClassIndex(std::span<const std::string> class_names);
  /// None for a label that is not among the names.
  std::optional<float> find(std::string_view label) const;

 private:
  std::map<std::string, float, std::less<>> index_;
};

}  // namespace ravine::data
