#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ravine/report/environment.hpp"

namespace ravine::report {

/// How the library was compiled.
struct Build {
  bool optimized = true;
  bool assertions = false;
  std::string sanitizer = {};  ///< "address" or "thread"; empty for none
};

struct Variable {
  std::string name;
  std::string value;
};

/// What decides how fast ravine is on this computer.
struct Machine {
  Environment environment = {};
  std::size_t all_cores = 1;     ///< that run
  std::size_t usable_cores = 1;  ///< that this process may use
  /// Bytes of the caches of data that a core uses, from the nearest to the last; none where the
  /// system does not tell.
  std::vector<std::size_t> caches = {};
  std::string best_simd = {};     ///< the best instruction set for ravine's own kernels
  std::string blas_library = {};  ///< the version and the build of OpenBLAS
  Build build = {};
  /// Those variables of the environment that bear on speed and are set to something.
  std::vector<Variable> variables = {};
};

/// This computer, for work on so many threads.
Machine this_machine(std::size_t threads);

}  // namespace ravine::report
