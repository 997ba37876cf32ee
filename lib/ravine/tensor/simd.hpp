#pragma once

#include <string_view>

namespace ravine::simd {

/// The instruction sets that files named *.simd.cpp are compiled for, each in turn, with private
/// flags. A kernel is a template over one of these tags, so that its variants have names apart.
struct Baseline {
  static constexpr std::string_view name = "baseline";
};
struct Avx2 {
  static constexpr std::string_view name = "avx2";
};
struct Avx512 {
  static constexpr std::string_view name = "avx512";
};

enum class Level { baseline, avx2, avx512 };

/// The name of the level's tag.
std::string_view name_of(Level level);

/// The best level that both this build and this processor have.
Level best_level();
/// That level, chosen once. The environment variable RAVINE_SIMD=baseline|avx2|avx512 lowers it.
Level level();
std::string_view level_name();

/// Calls `kernel` with the tag of the chosen level.
template <class Kernel>
decltype(auto) dispatch(Kernel&& kernel) {
#ifdef RAVINE_SIMD_VARIANTS
  switch (level()) {
    case Level::avx512:
      return kernel(Avx512{});
    case Level::avx2:
      return kernel(Avx2{});
    case Level::baseline:
      break;
  }
#endif
  return kernel(Baseline{});
}

}  // namespace ravine::simd
