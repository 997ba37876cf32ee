#pragma once

#include <cstddef>
#include <string>

namespace ravine::report {

/// What the numbers of a run depend on besides its options: results are bit-identical where all of
/// this is the same.
struct Environment {
  std::string cpu;          ///< as the system names it; empty where it does not
  std::size_t threads = 1;  ///< compute threads in all
  std::string blas_core;    ///< the kernels OpenBLAS uses, such as "SkylakeX"
  std::size_t blas_threads = 1;
  std::string forced_core;  ///< the variable OPENBLAS_CORETYPE; empty where it is not set
  std::string simd;         ///< the instruction set of ravine's own kernels
};

Environment environment(std::size_t threads);

}  // namespace ravine::report
