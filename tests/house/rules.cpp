#include "house/rules.hpp"

#include <regex>
#include <set>

namespace ravine::house {

namespace fs = std::filesystem;

namespace {

std::string finding(const fs::path& root, const fs::path& file, const Include& include,
                    const std::string& why) {
  return fs::relative(file, root).string() + ":" + std::to_string(include.line) + ": " +
         include.target + ": " + why;
}

/// "optim" of "ravine/optim/adam.hpp"; empty for "ravine/ravine.hpp", which stands above all.
std::string floor_of(const std::string& header) {
  const auto begin = header.find('/') + 1;
  const auto end = header.find('/', begin);
  return end == std::string::npos ? "" : header.substr(begin, end - begin);
}

std::string listed(const std::set<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += " " + name;
  return text.empty() ? " nothing" : text;
}

}  // namespace

std::vector<std::string> rising_includes(const fs::path& root, const Floors& floors) {
  std::vector<std::string> found;
  for (const fs::path& folder : {root / "lib" / "ravine", root / "tests"})
    for (const auto& file : sources_below(folder)) {
      const std::string floor = floor_of("ravine" / fs::relative(file, folder));
      const bool in_library = folder.filename() == "ravine";
      if (floor.empty() || (!in_library && !floors.contains(floor))) continue;
      if (!floors.contains(floor)) {
        found.push_back(fs::relative(file, root).string() + ":1: no row ravine_floor(" + floor +
                        ") in lib/CMakeLists.txt");
        continue;
      }
      for (const auto& include : includes_of(file)) {
        const bool ours = include.target.starts_with("ravine/");
        if (ours ? !include.quoted : include.quoted && in_library) {
          found.push_back(finding(root, file, include, "write \"ravine/<floor>/<file>.hpp\""));
        } else if (ours) {
          const std::string target = floor_of(include.target);
          if (target != floor && !floors.at(floor).contains(target))
            found.push_back(finding(root, file, include,
                                    floor + " may include itself and" + listed(floors.at(floor))));
        }
      }
    }
  return found;
}

std::vector<std::string> heavy_public_headers(const fs::path& root) {
  // A header of the standard library has neither folder nor suffix.
  static const std::regex standard("[a-z_]+");
  std::vector<std::string> found;
  std::set<fs::path> seen{root / "lib" / "ravine" / "ravine.hpp"};
  std::vector<fs::path> waiting(seen.begin(), seen.end());
  while (!waiting.empty()) {
    const fs::path file = waiting.back();
    waiting.pop_back();
    for (const auto& include : includes_of(file)) {
      const fs::path target = root / "lib" / include.target;
      if (include.target.starts_with("ravine/")) {
        if (seen.insert(target).second) waiting.push_back(target);
      } else if (!std::regex_match(include.target, standard)) {
        found.push_back(finding(root, file, include, "too heavy for what ravine.hpp includes"));
      }
    }
  }
  return found;
}

std::vector<std::string> misplaced_packages(const fs::path& root) {
  static const std::regex package("(xtensor|xtensor-blas|xtl|xflens)/.*|cblas.*|lapack.*");
  std::vector<std::string> found;
  for (const fs::path& folder : {root / "lib", root / "apps"})
    for (const auto& file : sources_below(folder)) {
      if (floor_of("ravine" / fs::relative(file, root / "lib" / "ravine")) == "tensor") continue;
      for (const auto& include : includes_of(file))
        if (std::regex_match(include.target, package))
          found.push_back(finding(root, file, include, "only lib/ravine/tensor may include it"));
    }
  return found;
}

}  // namespace ravine::house
