#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "house/includes.hpp"

// Each rule names the lines that break it, as "file:line: why"; none means that all is in order.
// `root` is a checkout, or a tree made up to look like one.

namespace ravine::house {

/// In lib/ and in each floor's tests, an include stays on its floor or goes to one below.
std::vector<std::string> rising_includes(const std::filesystem::path& root, const Floors& floors);

/// What ravine.hpp includes, directly or not, is ours or the standard library's.
std::vector<std::string> heavy_public_headers(const std::filesystem::path& root);

/// Only the tensor floor includes xtensor and BLAS.
std::vector<std::string> misplaced_packages(const std::filesystem::path& root);

}  // namespace ravine::house
