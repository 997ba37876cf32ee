#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace ravine::report {

/// How a run set its test part aside.
struct Split {
  std::uint64_t seed;
  double test_fraction;
};

/// Of the run whose folder, or whose model in it, is given; none where no run.json says so.
std::optional<Split> split_of_run(const std::filesystem::path& folder_or_model);

}  // namespace ravine::report
