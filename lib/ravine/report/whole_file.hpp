#pragma once

#include <filesystem>
#include <string_view>

namespace ravine::report {

/// Throws InputError unless a file can be written at `path`; for before the work starts.
void require_writable(const std::filesystem::path& path);
/// Writes a file so that nobody finds half of it: beside its place, and then renamed. What is not a
/// regular file (a pipe, /dev/null) is written to as it is. Throws IoError.
void write_whole_file(const std::filesystem::path& path, std::string_view content);

}  // namespace ravine::report
