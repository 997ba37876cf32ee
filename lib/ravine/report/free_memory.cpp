#include "ravine/report/free_memory.hpp"

#include <algorithm>
#include <fstream>
#include <string>

namespace ravine::report {
namespace {

/// Lines are "MemAvailable:   21712345 kB".
std::optional<std::size_t> available(const std::filesystem::path& meminfo) {
  constexpr std::size_t kilobyte = 1024;
  std::ifstream file(meminfo);
  std::string name;
  std::size_t amount = 0;
  for (std::string unit; file >> name >> amount; std::getline(file, unit))
    if (name == "MemAvailable:") return amount * kilobyte;
  return {};
}

/// Of a control group (version 2), as a container has one; a limit of "max" is none.
std::optional<std::size_t> left_to_group(const std::filesystem::path& group) {
  std::size_t limit = 0;
  std::size_t used = 0;
  if (!(std::ifstream(group / "memory.max") >> limit)) return {};
  if (!(std::ifstream(group / "memory.current") >> used)) return {};
  return limit - std::min(limit, used);
}

}  // namespace

std::optional<std::size_t> free_memory(const std::filesystem::path& root) {
  const auto of_machine = available(root / "proc/meminfo");
  const auto of_group = left_to_group(root / "sys/fs/cgroup");
  if (of_machine && of_group) return std::min(*of_machine, *of_group);
  return of_machine ? of_machine : of_group;
}

}  // namespace ravine::report
