#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ravine/data/schema.hpp"

namespace ravine::data {

/// A dataset that is known by name, and the files that it consists of; each may be gzipped.
struct CatalogEntry {
  std::string name;
  Task task;
  std::size_t train_examples;  // all, where test_examples is 0
  std::size_t test_examples;   // 0 where the split is left to the user
  std::size_t features;
  std::size_t classes;  // 0 for regression
  std::vector<std::string> files;
  std::vector<std::string> column_names;  // where the file has no header
  bool shipped;
  std::string description;
};

std::span<const CatalogEntry> catalog();
/// None for a name that is not in the catalog.
const CatalogEntry* find_in_catalog(std::string_view name);

/// Where the files of datasets are looked for, in this order: the folder given, $RAVINE_DATA_DIR,
/// $XDG_CACHE_HOME/ravine or ~/.cache/ravine, the data shipped with ravine.
std::vector<std::filesystem::path> data_folders(const std::filesystem::path& data_dir);
/// The folder of the data shipped with ravine, where it is not the one known from the build. To be
/// called before other threads start.
void set_shipped_directory(std::filesystem::path folder);

/// The folder that holds all files of the entry, if there is one.
std::optional<std::filesystem::path> find_folder(const CatalogEntry& entry,
                                                 const std::filesystem::path& data_dir);
/// The file of that name in the folder, or with .gz at its end.
std::filesystem::path file_in(const std::filesystem::path& folder, const std::string& name);
/// How to get a dataset that is not there: the command, with the path of the script that is
/// installed with the shipped data, where it is.
std::string how_to_get(const CatalogEntry& entry);

}  // namespace ravine::data
