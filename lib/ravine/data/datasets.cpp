#include "ravine/data/datasets.hpp"

#include <algorithm>
#include <array>
#include <future>

#include "ravine/data/byte_reader.hpp"
#include "ravine/data/catalog.hpp"
#include "ravine/data/idx.hpp"
#include "ravine/data/labelled_arrays.hpp"
#include "ravine/data/npy.hpp"
#include "ravine/data/number.hpp"
#include "ravine/data/split.hpp"
#include "ravine/data/targets.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/threads.hpp"

namespace ravine::data {
namespace {

namespace fs = std::filesystem;

enum class Format { delimited, idx, npy };

/// By the first bytes of the content; by its name, so that a damaged file is called what it is.
Format format_of(const fs::path& path) {
  std::array<std::uint8_t, 3> first{};
  ByteReader(path).read(first);
  const fs::path name = path.extension() == ".gz" ? path.stem() : path.filename();
  if ((first[0] == 0 && first[1] == 0) || name.string().ends_with("ubyte")) return Format::idx;
  if ((first[0] == 0x93 && first[1] == 'N') || name.extension() == ".npy") return Format::npy;
  return Format::delimited;
}

LabelledArrays read_arrays(const fs::path& path) {
  return format_of(path) == Format::npy ? read_npy(path) : read_idx(path);
}

/// IDX labels are classes, however many; what the numbers of other files are shows in them.
LoadOptions options_for_arrays(const fs::path& path, LoadOptions options) {
  if (!options.drop.empty())
    throw InputError(text(path.string(), ": only columns of a table can be left out, not those of ",
                          "IDX or NPY files (--drop)"));
  if (format_of(path) != Format::idx) return options;
  options.task = options.task.value_or(Task::classification);
  options.task_from = TaskFrom::user;
  return options;
}

TrainTest read_pair(const fs::path& train, const fs::path& test, const LoadOptions& options) {
  const LoadOptions for_arrays = options_for_arrays(train, options);
  // At the same time, where there is another thread; what is wrong with `train` is said first.
  const auto how =
      threads() > 1 ? std::launch::async | std::launch::deferred : std::launch::deferred;
  auto of_test = std::async(how, read_arrays, test);
  const LabelledArrays of_train = read_arrays(train);
  return dataset_of(of_train, of_test.get(), for_arrays.task, for_arrays.task_from);
}

DelimitedOptions delimited_options(const LoadOptions& options) {
  return {.target = options.target,
          .drop = options.drop,
          .missing = options.missing,
          .task = options.task,
          .task_from = options.task_from};
}

Dataset read_whole(const fs::path& path, const LoadOptions& options) {
  if (format_of(path) == Format::delimited) return read_delimited(path, delimited_options(options));
  const LoadOptions for_arrays = options_for_arrays(path, options);
  return dataset_of(read_arrays(path), for_arrays.task, for_arrays.task_from);
}

/// Whether a test part is needed, where the data do not come with one.
enum class TestPart { needed, optional };

TrainTest split_by(const LoadOptions& options, const Dataset& dataset, TestPart test_part) {
  const double fraction = options.test_fraction;
  const bool keeps_all = test_part == TestPart::optional && fraction == 0;
  if (!keeps_all && !(fraction > 0 && fraction < 1))
    throw InputError(text("the test fraction must be in ",
                          test_part == TestPart::optional ? "[0, 1), " : "(0, 1), ", fraction,
                          " was given (--test-fraction)"));
  TrainTest parts = keeps_all ? TrainTest{.train = dataset, .test = dataset.subset({})}
                              : split(dataset, fraction, options.seed);
  if (options.missing == Missing::mean) fill_missing(parts);
  return parts;
}

/// Numbers 0 to 16 that count the dark pixels of a cell of 4x4, as bytes that stand for their part.
Features digit_pixels(const Features& counts) {
  const Tensor<float> values = counts.floats();
  Bytes bytes;
  for (const float value : values.values()) {
    if (!(value >= 0 && value <= 16))
      throw InputError(text("digits: a pixel is ", value, " (0 to 16 is expected)"));
    bytes.push_back(static_cast<std::uint8_t>(value));
  }
  return {std::move(bytes), counts.columns(), 1.0F / 16.0F};
}

/// For a file without a header, whose columns are named by their positions.
void set_column_names(Dataset& dataset, const std::vector<std::string>& names) {
  if (names.size() != dataset.feature_count() + 1 + dataset.dropped.size()) return;
  dataset.target_name = names[dataset.target_position];
  for (std::string& name : dataset.feature_names) name = names[std::stoul(name)];
}

TrainTest load_named(const CatalogEntry& entry, const LoadOptions& options, TestPart test_part) {
  std::error_code ignored;
  if (!options.data_dir.empty() && !fs::is_directory(options.data_dir, ignored))
    throw InputError(text(options.data_dir.string(), ": there is no such folder"));
  const auto folder = find_folder(entry, options.data_dir);
  if (!folder) {
    std::vector<std::string> looked_in;
    for (const auto& place : data_folders(options.data_dir)) looked_in.push_back(place.string());
    throw InputError(text("the dataset '", entry.name, "' is not in ", joined(looked_in, " or "),
                          " (get it: ", how_to_get(entry), ")"));
  }
  TrainTest parts;
  if (entry.test_examples > 0) {
    parts = read_pair(file_in(*folder, "train-images-idx3-ubyte"),
                      file_in(*folder, "t10k-images-idx3-ubyte"), options);
  } else {
    DelimitedOptions reading = delimited_options(options);
    if (!reading.task) reading.task = entry.task;
    Dataset dataset = read_delimited(file_in(*folder, entry.files.front()), reading);
    if (!dataset.named_columns) set_column_names(dataset, entry.column_names);
    if (entry.name == "digits") dataset.features = digit_pixels(dataset.features);
    parts = split_by(options, dataset, test_part);
  }
  parts.train.name = entry.name;
  parts.test.name = entry.name;
  return parts;
}

void require_known_name(std::string_view name) {
  std::error_code ignored;  // a name that is not possible is not there
  if (fs::exists(name, ignored)) return;
  if (name.find_first_of("/.") != std::string_view::npos)
    throw InputError(text(name, ": there is no such file"));
  std::vector<std::string> known;
  for (const CatalogEntry& entry : catalog()) known.push_back(entry.name);
  throw UnknownName(
      text("there is neither a dataset nor a file '", name, "'", suggestion(name, known)));
}

void require_same_features(const Dataset& dataset, const Schema& schema) {
  if (dataset.feature_count() != schema.feature_names.size())
    throw InputError(text(dataset.name, ": has ", dataset.feature_count(),
                          " features where the model needs ", schema.feature_names.size()));
}

[[noreturn]] void fail_unknown_class(const std::string& where, const std::string& label,
                                     const Schema& schema) {
  throw InputError(text(where, ": the class '", label, "' is not one the model was trained with",
                        suggestion(label, schema.class_names)));
}

/// The dataset with its classes numbered as in the schema.
Dataset with_classes_of(const Schema& schema, Dataset dataset) {
  const ClassIndex classes(schema.class_names);
  std::vector<float> renumbered;
  for (const std::string& name : dataset.class_names) {
    const auto index = classes.find(name);
    if (!index) fail_unknown_class(dataset.name, name, schema);
    renumbered.push_back(*index);
  }
  dataset.targets = dataset.targets.clone();
  for (float& target : dataset.targets.values())
    target = renumbered[static_cast<std::size_t>(target)];
  dataset.class_names = schema.class_names;
  return dataset;
}

Dataset named_like(const CatalogEntry& entry, const Schema& schema, const LoadOptions& options) {
  LoadOptions like = options;
  if (schema.feature_names.size() + schema.dropped.size() == entry.features) {
    for (const std::size_t position : schema.dropped) like.drop.push_back(std::to_string(position));
    // Another column than the last may be what the model was trained to predict.
    if (schema.target_position < entry.features) {
      like.target = std::to_string(schema.target_position);
      like.task = schema.task;
    }
  }
  Dataset test = load_named(entry, like, TestPart::needed).test;
  require_same_features(test, schema);
  if (test.task != schema.task)
    throw InputError(
        text(test.name, ": is for ", name_of(test.task), ", the model for ", name_of(schema.task)));
  return test.task == Task::classification ? with_classes_of(schema, test) : test;
}

/// Labels as the schema has it: the index of the class, or the number itself.
Tensor<float> targets_like(const LabelledArrays& arrays, const Schema& schema) {
  require_labels(arrays);
  const ClassIndex classes(schema.class_names);
  auto targets = Tensor<float>::uninitialized({arrays.labels.size()});
  for (std::size_t i = 0; i < targets.size(); ++i) {
    targets[i] = static_cast<float>(arrays.labels[i]);
    if (schema.task == Task::regression) continue;
    const std::string label = printed(arrays.labels[i]);
    const auto index = classes.find(label);
    if (!index) fail_unknown_class(text(arrays.name, ": example ", i), label, schema);
    targets[i] = *index;
  }
  return targets;
}

Dataset arrays_like(const LabelledArrays& arrays, const Schema& schema, TargetUse use) {
  Dataset dataset;
  static_cast<Schema&>(dataset) = schema;
  dataset.name = arrays.name;
  dataset.features = arrays.features;
  require_same_features(dataset, schema);
  if (use == TargetUse::required) dataset.targets = targets_like(arrays, schema);
  return dataset;
}

TrainTest load_parts(std::string_view name_or_path, const LoadOptions& options,
                     TestPart test_part) {
  if (const CatalogEntry* entry = find_in_catalog(name_or_path))
    return load_named(*entry, options, test_part);
  require_known_name(name_or_path);
  const fs::path path(name_or_path);
  if (fs::is_directory(path)) {
    const ArrayFolder folder = find_arrays(path);
    return read_pair(folder.train, folder.test, options);
  }
  return split_by(options, read_whole(path, options), test_part);
}

}  // namespace

TrainTest load(std::string_view name_or_path, const LoadOptions& options) {
  return load_parts(name_or_path, options, TestPart::needed);
}

Dataset load_train(std::string_view name_or_path, const LoadOptions& options) {
  return load_parts(name_or_path, options, TestPart::optional).train;
}

Dataset load_like(std::string_view name_or_path, const Schema& schema, TargetUse use,
                  const LoadOptions& options) {
  if (const CatalogEntry* entry = find_in_catalog(name_or_path))
    return named_like(*entry, schema, options);
  require_known_name(name_or_path);
  const fs::path path(name_or_path);
  if (fs::is_directory(path)) return arrays_like(read_arrays(find_arrays(path).test), schema, use);
  if (format_of(path) == Format::delimited)
    return read_delimited(path, schema, use, options.missing);
  return arrays_like(read_arrays(path), schema, use);
}

std::vector<Listing> list(const std::filesystem::path& data_dir) {
  std::vector<Listing> listings;
  for (const CatalogEntry& entry : catalog()) {
    const auto folder = find_folder(entry, data_dir);
    listings.push_back({.name = entry.name,
                        .description = entry.description,
                        .task = entry.task,
                        .train_examples = entry.train_examples,
                        .test_examples = entry.test_examples,
                        .features = entry.features,
                        .classes = entry.classes,
                        .found = folder.value_or(""),
                        .how_to_get = folder ? "" : how_to_get(entry)});
  }
  return listings;
}

}  // namespace ravine::data
