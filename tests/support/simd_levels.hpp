#pragma once

#include "ravine/tensor/simd.hpp"

namespace ravine::test {

/// Calls `body` with the tag of every instruction set that this build and this processor have.
template <class Body>
void for_each_level(Body body) {
  body(simd::Baseline{});
#ifdef RAVINE_SIMD_VARIANTS
  if (simd::level() >= simd::Level::avx2) body(simd::Avx2{});
  if (simd::level() >= simd::Level::avx512) body(simd::Avx512{});
#endif
}

}  // namespace ravine::test
