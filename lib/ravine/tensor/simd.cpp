#include "ravine/tensor/simd.hpp"

#include <cstdlib>

namespace ravine::simd {
namespace {

Level chosen() {
  const Level best = best_level();
  const char* wanted = std::getenv("RAVINE_SIMD");
  if (wanted == nullptr) return best;
  if (wanted == Baseline::name) return Level::baseline;
  if (wanted == Avx2::name && best >= Level::avx2) return Level::avx2;
  return best;
}

}  // namespace

Level best_level() {
#ifdef RAVINE_SIMD_VARIANTS
  __builtin_cpu_init();
  const bool avx512 =
      __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
      __builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512vl") != 0 &&
      __builtin_cpu_supports("avx512cd") != 0;
  const bool avx2 = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0;
  if (avx512 && avx2) return Level::avx512;
  if (avx2) return Level::avx2;
#endif
  return Level::baseline;
}

Level level() {
  static const Level level = chosen();
  return level;
}

std::string_view name_of(Level level) {
  switch (level) {
    case Level::avx512:
      return Avx512::name;
    case Level::avx2:
      return Avx2::name;
    case Level::baseline:
      break;
  }
  return Baseline::name;
}

std::string_view level_name() { return name_of(level()); }

}  // namespace ravine::simd
