#pragma once

#include <benchmark/benchmark.h>

#include <string>

#include "ravine/tensor/blas.hpp"
#include "ravine/tensor/simd.hpp"
#include "ravine/tensor/threads.hpp"

namespace ravine::benchmarks {

/// What every report has to say of the machine; see `benchmark::AddCustomContext`.
inline const bool context_is_told = [] {
  set_threads(1);
  benchmark::AddCustomContext("simd", std::string(simd::level_name()));
  benchmark::AddCustomContext("blas_core", blas::core());
  benchmark::AddCustomContext("threads", "1");
  if (!blas::forced_core().empty())
    benchmark::AddCustomContext("OPENBLAS_CORETYPE", blas::forced_core());
  return true;
}();

inline void count_elements(benchmark::State& state, std::size_t elements) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(elements));
}

}  // namespace ravine::benchmarks
