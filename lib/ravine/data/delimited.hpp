#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "ravine/data/dataset.hpp"
#include "ravine/data/missing.hpp"

namespace ravine::data {

struct DelimitedOptions {
  /// The column to be predicted: a name from the header, or a position from 0; empty: the last.
  std::string target = {};
  /// Columns that are left out, named as the target is.
  std::vector<std::string> drop = {};
  Missing missing = Missing::error;
  /// Decides the task; otherwise the target does (encode_numbers and encode_labels say how).
  std::optional<Task> task = std::nullopt;
  TaskFrom task_from = TaskFrom::user;
};

/// A text file of numbers with one example a row, gzipped or not; delimiter and header are found
/// (find_dialect). Every column that is not dropped, but the target, must be numeric. The target is
/// numeric if more than half of its cells are numbers, and class labels otherwise. With
/// Missing::mean, gaps are nan until fill_missing is given the training part. Throws InputError
/// with file, line and column.
Dataset read_delimited(const std::filesystem::path& path, const DelimitedOptions& options = {});

/// Whether a file read for a trained model must hold the target, or is only predicted from.
enum class TargetUse { required, ignored };

/// A file with the meaning that `schema` gives. With a header, columns are found by name, in any
/// order, and further ones are passed over; without, they are those of the file that it was made
/// of, in the same order, dropped ones too; only the target may lack. Gaps are filled with the
/// schema's feature_means, if it has any and `missing` is not drop. Throws InputError as above, and
/// for a class that the schema does not know.
Dataset read_delimited(const std::filesystem::path& path, const Schema& schema, TargetUse use,
                       Missing missing = Missing::error);

}  // namespace ravine::data
