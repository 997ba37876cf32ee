#include "house/includes.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>

namespace ravine::house {

namespace fs = std::filesystem;

std::vector<Include> includes_of(const fs::path& file) {
  static const std::regex pattern(R"re(\s*#\s*include\s*([<"])([^>"]+)[>"].*)re");
  std::vector<Include> found;
  std::ifstream in(file);
  std::string text;
  std::smatch match;
  for (int line = 1; std::getline(in, text); ++line)
    if (std::regex_match(text, match, pattern)) found.push_back({line, match[2], match[1] == "\""});
  return found;
}

std::vector<fs::path> sources_below(const fs::path& folder) {
  std::vector<fs::path> found;
  if (!fs::exists(folder)) return found;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.path().extension() == ".hpp" || entry.path().extension() == ".cpp")
      found.push_back(entry.path());
  std::ranges::sort(found);
  return found;
}

Floors read_floors(const fs::path& cmake_lists) {
  static const std::regex row(R"(ravine_floor\(\s*(\w+)([^)]*)\))");
  std::ifstream in(cmake_lists);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  Floors floors;
  for (std::sregex_iterator at(text.begin(), text.end(), row), end; at != end; ++at) {
    auto& below = floors[(*at)[1]];
    std::istringstream words((*at)[2]);
    bool listing = false;
    for (std::string word; words >> word;)
      if (word == "BELOW" || word == "PACKAGES")
        listing = word == "BELOW";
      else if (listing)
        below.insert(word);
  }
  return floors;
}

}  // namespace ravine::house
