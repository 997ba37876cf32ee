#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace ravine::data {

enum class Task { regression, classification };

/// "regression" or "classification".
inline const char* name_of(Task task) {
  return task == Task::regression ? "regression" : "classification";
}

/// Whose word a task is. A model can do without it: a target of words stays classes, and one of
/// many different numbers stays numbers, for it to be refused.
enum class TaskFrom { user, model };

/// What the columns of a dataset mean: with it, another file is read the same way.
struct Schema {
  Task task = Task::regression;
  std::vector<std::string> feature_names = {};
  std::string target_name = {};
  /// Class c of the targets is class_names[c]; none for regression.
  std::vector<std::string> class_names = {};
  /// Where the target stands among all columns of the file.
  std::size_t target_position = 0;
  /// Whether the names are from a header row; otherwise they are the columns' positions.
  bool named_columns = false;
  /// What a missing value is replaced by, one a feature; none where missing values are errors.
  std::vector<float> feature_means = {};
  /// Positions of the columns that are left out, from the first to the last.
  std::vector<std::size_t> dropped = {};
};

}  // namespace ravine::data
