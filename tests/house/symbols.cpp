#include "house/symbols.hpp"

#include <sstream>

namespace ravine::house {

std::vector<std::string> shared_functions(std::string_view listing, std::string_view level) {
  const std::string tag = "ravine::simd::" + std::string(level);
  std::vector<std::string> found;
  std::istringstream lines{std::string(listing)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream fields(line);
    std::string address, name;
    char type = 0;
    if (!(fields >> address >> type) || !std::getline(fields >> std::ws, name)) continue;
    // nm(1): T is a function seen outside its object, W a weak one, i one chosen when it is loaded.
    const bool function = type == 'T' || type == 'W' || type == 'i';
    if (function && name.find(tag) == std::string::npos) found.push_back(name);
  }
  return found;
}

}  // namespace ravine::house
