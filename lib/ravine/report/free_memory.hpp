#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>

namespace ravine::report {

/// The bytes that a program may still take before the system runs short: what Linux says is
/// available, or what the program's group may have where that is less. None where the system does
/// not tell. `root` is where the system's files are.
std::optional<std::size_t> free_memory(const std::filesystem::path& root = "/");

}  // namespace ravine::report
