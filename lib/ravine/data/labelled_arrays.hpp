#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "ravine/data/dataset.hpp"

namespace ravine::data {

/// What a pair of array files holds: features and labels as they were written.
struct LabelledArrays {
  std::string name;  // the path of the features
  Features features;
  std::vector<double> labels;  // [n], or none
};

/// The path of the labels that belong to a file of features: in its name the word images is
/// replaced by labels, features by targets or labels, x or X by y or Y, and idx3 by idx1; either
/// may be gzipped. None if there is no such file. Words end at . - _.
std::optional<std::filesystem::path> labels_beside(const std::filesystem::path& features);

/// The files of features in a folder whose names have the word train, and test or t10k.
struct ArrayFolder {
  std::filesystem::path train;
  std::filesystem::path test;
};
/// Throws InputError if there is not exactly one of each.
ArrayFolder find_arrays(const std::filesystem::path& folder);

/// Throws InputError, naming both files, when there is not one label an example.
void require_same_count(const std::filesystem::path& features, std::size_t examples,
                        const std::filesystem::path& labels, std::size_t label_count);

/// Throws InputError for arrays without labels, saying where they would be looked for.
void require_labels(const LabelledArrays& arrays);

/// The task by encode_numbers, or as given. Throws InputError for arrays without labels, or with
/// one class only.
Dataset dataset_of(const LabelledArrays& arrays, std::optional<Task> task, TaskFrom task_from);
/// Two parts with the same classes. Throws as above, and when their features differ in number.
TrainTest dataset_of(const LabelledArrays& train, const LabelledArrays& test,
                     std::optional<Task> task, TaskFrom task_from);

}  // namespace ravine::data
