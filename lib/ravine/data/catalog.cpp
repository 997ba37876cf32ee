#include "ravine/data/catalog.hpp"

#include <algorithm>
#include <cstdlib>

#include "ravine/tensor/text.hpp"

namespace ravine::data {
namespace {

std::filesystem::path& shipped_directory() {
#ifdef RAVINE_SHIPPED_DATA_DIR
  static std::filesystem::path folder = RAVINE_SHIPPED_DATA_DIR;
#else
  static std::filesystem::path folder;
#endif
  return folder;
}

std::filesystem::path from_environment(const char* variable) {
  const char* value = std::getenv(variable);
  return value == nullptr ? "" : value;
}

bool is_file(const std::filesystem::path& path) {
  std::error_code ignored;  // a folder that may not be entered holds nothing for us
  return std::filesystem::is_regular_file(path, ignored);
}

}  // namespace

std::span<const CatalogEntry> catalog() {
  static const std::vector<CatalogEntry> entries{
      {.name = "digits",
       .task = Task::classification,
       .train_examples = 1797,
       .test_examples = 0,
       .features = 64,
       .classes = 10,
       .files = {"digits.csv"},
       .column_names = {},
       .shipped = true,
       .description = "handwritten digits, 8x8 pixels (UCI)"},
      {.name = "iris",
       .task = Task::classification,
       .train_examples = 150,
       .test_examples = 0,
       .features = 4,
       .classes = 3,
       .files = {"iris.csv"},
       .column_names = {},
       .shipped = true,
       .description = "species of iris by the size of sepals and petals (Fisher, 1936)"},
      {.name = "diabetes",
       .task = Task::regression,
       .train_examples = 442,
       .test_examples = 0,
       .features = 10,
       .classes = 0,
       .files = {"diabetes.csv"},
       .column_names = {},
       .shipped = true,
       .description = "progression of diabetes after a year (Efron et al., 2004)"},
      {.name = "mnist",
       .task = Task::classification,
       .train_examples = 60'000,
       .test_examples = 10'000,
       .features = 784,
       .classes = 10,
       .files = {"train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
                 "t10k-labels-idx1-ubyte"},
       .column_names = {},
       .shipped = false,
       .description = "handwritten digits, 28x28 pixels (LeCun, Cortes and Burges)"},
      {.name = "airfoil",
       .task = Task::regression,
       .train_examples = 1503,
       .test_examples = 0,
       .features = 5,
       .classes = 0,
       .files = {"airfoil_self_noise.dat"},
       .column_names = {"frequency", "angle_of_attack", "chord_length", "free_stream_velocity",
                        "displacement_thickness", "sound_pressure_level"},
       .shipped = false,
       .description = "noise of airfoils in a wind tunnel (NASA, UCI)"}};
  return entries;
}

const CatalogEntry* find_in_catalog(std::string_view name) {
  const auto found = std::ranges::find(catalog(), name, &CatalogEntry::name);
  return found == catalog().end() ? nullptr : &*found;
}

void set_shipped_directory(std::filesystem::path folder) {
  shipped_directory() = std::move(folder);
}

std::vector<std::filesystem::path> data_folders(const std::filesystem::path& data_dir) {
  std::vector<std::filesystem::path> folders{data_dir, from_environment("RAVINE_DATA_DIR")};
  const auto cache = from_environment("XDG_CACHE_HOME");
  const auto home = from_environment("HOME");
  if (!cache.empty())
    folders.push_back(cache / "ravine");
  else if (!home.empty())
    folders.push_back(home / ".cache" / "ravine");
  folders.push_back(shipped_directory());
  std::erase_if(folders, [](const auto& folder) { return folder.empty(); });
  return folders;
}

std::filesystem::path file_in(const std::filesystem::path& folder, const std::string& name) {
  return is_file(folder / name) ? folder / name : folder / (name + ".gz");
}

std::optional<std::filesystem::path> find_folder(const CatalogEntry& entry,
                                                 const std::filesystem::path& data_dir) {
  for (const auto& folder : data_folders(data_dir)) {
    const auto candidate = folder / entry.name;
    if (std::ranges::all_of(entry.files, [&](const std::string& file) {
          return is_file(file_in(candidate, file));
        }))
      return candidate;
  }
  return std::nullopt;
}

std::string how_to_get(const CatalogEntry& entry) {
  if (entry.shipped)
    return "it is shipped with ravine in the folder datasets; give it as --data-dir";
  const auto fetch = shipped_directory() / "fetch";
  return is_file(fetch) ? text(fetch.string(), " ", entry.name)
                        : text("datasets/fetch ", entry.name, " in the sources of ravine");
}

}  // namespace ravine::data
