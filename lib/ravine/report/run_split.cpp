#include "ravine/report/run_split.hpp"

#include <fstream>
#include <nlohmann/json.hpp>

#include "ravine/report/run_folder.hpp"

namespace ravine::report {

std::optional<Split> split_of_run(const std::filesystem::path& folder_or_model) {
  std::error_code ignored;
  const bool is_folder = std::filesystem::is_directory(folder_or_model, ignored);
  const auto folder = is_folder ? folder_or_model : folder_or_model.parent_path();
  std::ifstream file(folder / run_file_name);
  const auto json = nlohmann::json::parse(file, nullptr, /*allow_exceptions=*/false);
  try {
    const auto& options = json.at("options");
    return Split{.seed = options.at("seed"), .test_fraction = options.at("test_fraction")};
  } catch (const nlohmann::json::exception&) {
    return {};
  }
}

}  // namespace ravine::report
