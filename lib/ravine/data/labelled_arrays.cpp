#include "ravine/data/labelled_arrays.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "ravine/data/targets.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::data {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> label_words{
    {{"images", "labels"},
     {"features", "targets"},
     {"features", "labels"},
     {"x", "y"},
     {"X", "y"},
     {"X", "Y"}}};

bool ends_word(char c) { return c == '.' || c == '-' || c == '_'; }

/// The parts of a file name, words and what stands between them.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (i == 0 || ends_word(name[i]) || ends_word(name[i - 1])) words.emplace_back();
    words.back() += name[i];
  }
  return words;
}

bool has_word(const std::filesystem::path& path, std::string_view word) {
  return std::ranges::count(words_of(path.filename().string()), word) != 0;
}

bool holds_features(const std::filesystem::path& path) {
  return std::ranges::any_of(label_words,
                             [&](const auto& pair) { return has_word(path, pair.first); });
}

/// The path itself, or with or without .gz, whichever is there.
std::optional<std::filesystem::path> existing(const std::filesystem::path& path) {
  std::filesystem::path other = path;
  if (path.extension() == ".gz")
    other.replace_extension();
  else
    other += ".gz";
  for (const auto& candidate : {path, other})
    if (std::error_code ignored; std::filesystem::is_regular_file(candidate, ignored))
      return candidate;
  return std::nullopt;
}

Dataset without_targets(const LabelledArrays& arrays) {
  require_labels(arrays);
  Dataset dataset;
  dataset.name = arrays.name;
  dataset.features = arrays.features;
  dataset.target_name = "label";
  dataset.target_position = arrays.features.columns();
  for (std::size_t j = 0; j < arrays.features.columns(); ++j)
    dataset.feature_names.push_back(std::to_string(j));
  return dataset;
}

void set_targets(Dataset& dataset, const Targets& targets, std::size_t begin) {
  dataset.task = targets.task;
  dataset.class_names = targets.class_names;
  dataset.targets = targets.values.rows(begin, begin + dataset.size());
}

}  // namespace

std::optional<std::filesystem::path> labels_beside(const std::filesystem::path& features) {
  const std::vector<std::string> words = words_of(features.filename().string());
  for (const auto& [of_features, of_labels] : label_words) {
    std::vector<std::string> renamed = words;
    const auto word = std::ranges::find(renamed, of_features);
    if (word == renamed.end()) continue;
    *word = of_labels;
    std::ranges::replace(renamed, "idx3", "idx1");
    if (const auto found = existing(features.parent_path() / joined(renamed, ""))) return found;
  }
  return std::nullopt;
}

ArrayFolder find_arrays(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> train;
  std::vector<std::filesystem::path> test;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (std::error_code ignored; !entry.is_regular_file(ignored) || !holds_features(entry.path()))
      continue;
    if (has_word(entry.path(), "train")) train.push_back(entry.path());
    if (has_word(entry.path(), "test") || has_word(entry.path(), "t10k"))
      test.push_back(entry.path());
  }
  if (error) throw InputError(text(folder.string(), ": cannot be read (", error.message(), ")"));
  if (train.size() != 1 || test.size() != 1)
    throw InputError(text(folder.string(), ": holds ", train.size(), " files of training and ",
                          test.size(), " of test features (one of each is expected, such as ",
                          "train-images-idx3-ubyte and t10k-images-idx3-ubyte, or x_train.npy ",
                          "and x_test.npy)"));
  return {.train = train.front(), .test = test.front()};
}

void require_same_count(const std::filesystem::path& features, std::size_t examples,
                        const std::filesystem::path& labels, std::size_t label_count) {
  if (examples != label_count)
    throw InputError(text(features.string(), " holds ", examples, " examples and ", labels.string(),
                          " ", label_count, " labels (one each is expected)"));
}

void require_labels(const LabelledArrays& arrays) {
  if (arrays.labels.empty())
    throw InputError(text(arrays.name, ": no file of labels is beside it (its name with images ",
                          "replaced by labels, or x by y)"));
}

Dataset dataset_of(const LabelledArrays& arrays, std::optional<Task> task, TaskFrom task_from) {
  Dataset dataset = without_targets(arrays);
  set_targets(dataset,
              encode_numbers(arrays.labels, task, arrays.name + ": the file of labels", task_from),
              0);
  return dataset;
}

TrainTest dataset_of(const LabelledArrays& train, const LabelledArrays& test,
                     std::optional<Task> task, TaskFrom task_from) {
  TrainTest parts{.train = without_targets(train), .test = without_targets(test)};
  if (parts.train.feature_count() != parts.test.feature_count())
    throw InputError(text(train.name, " has ", parts.train.feature_count(), " features and ",
                          test.name, " ", parts.test.feature_count(),
                          " (the same number is expected)"));
  std::vector<double> labels = train.labels;
  labels.insert(labels.end(), test.labels.begin(), test.labels.end());
  const Targets targets =
      encode_numbers(labels, task, train.name + ": the file of labels", task_from);
  set_targets(parts.train, targets, 0);
  set_targets(parts.test, targets, parts.train.size());
  return parts;
}

}  // namespace ravine::data
