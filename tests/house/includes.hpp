#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace ravine::house {

/// One `#include` line of a file.
struct Include {
  int line;            ///< from 1
  std::string target;  ///< what stands between the quotes or brackets
  bool quoted;
};
std::vector<Include> includes_of(const std::filesystem::path& file);

/// The .hpp and .cpp files below a folder, sorted; none if there is no such folder.
std::vector<std::filesystem::path> sources_below(const std::filesystem::path& folder);

/// For each floor, the floors it may include.
using Floors = std::map<std::string, std::set<std::string>>;
/// The rows `ravine_floor(NAME BELOW ...)` of a CMakeLists.txt.
Floors read_floors(const std::filesystem::path& cmake_lists);

}  // namespace ravine::house
