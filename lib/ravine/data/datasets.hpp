#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ravine/data/dataset.hpp"
#include "ravine/data/delimited.hpp"
#include "ravine/data/missing.hpp"

namespace ravine::data {

struct LoadOptions {
  /// Where datasets are looked for first; see data_folders.
  std::filesystem::path data_dir = {};
  /// Of a text file: a name from its header or a position from 0; empty: the last column.
  std::string target = {};
  /// Columns of a text file that are left out, named as the target is.
  std::vector<std::string> drop = {};
  /// Set aside at random by `seed`, for data that do not come in two parts.
  double test_fraction = 0.2;
  std::uint64_t seed = 0;
  Missing missing = Missing::error;
  /// Decides the task where the data leave it open.
  std::optional<Task> task = std::nullopt;
  TaskFrom task_from = TaskFrom::user;
};

/// Data by name (digits, iris, diabetes, mnist, airfoil) or from a file: CSV or TSV, IDX or NPY
/// features with labels beside them, or a folder with train and test files of these two; gzipped
/// or not. Features are as in the file, pixels of images in [0, 1]. Throws UnknownName for a name
/// that is neither, and InputError for data that are not there or not as they should be.
TrainTest load(std::string_view name_or_path, const LoadOptions& options = {});

/// The part to learn from alone. A test fraction of 0 will do here: without one of their own, all
/// of the data are in it.
Dataset load_train(std::string_view name_or_path, const LoadOptions& options = {});

/// Data for a model that was trained on data of that schema: the test part of a dataset by name or
/// of a folder, and all of a file. The classes are those of the schema. Throws as `load`, and
/// InputError for another number of features or a class that the schema does not know.
Dataset load_like(std::string_view name_or_path, const Schema& schema, TargetUse use,
                  const LoadOptions& options = {});

/// A dataset known by name, and where it is.
struct Listing {
  std::string name;
  std::string description;
  Task task = Task::regression;
  std::size_t train_examples = 0;  // all, where test_examples is 0
  std::size_t test_examples = 0;   // of a fixed test part
  std::size_t features = 0;
  std::size_t classes = 0;  // 0 for regression
  /// The folder that holds its files; empty when they are not there.
  std::filesystem::path found;
  /// The command that gets them; empty when they are there.
  std::string how_to_get;
};

std::vector<Listing> list(const std::filesystem::path& data_dir = {});

}  // namespace ravine::data
