#include "ravine/report/machine.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "ravine/tensor/blas.hpp"
#include "ravine/tensor/simd.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/threads.hpp"

namespace ravine::report {
namespace {

Build this_build() {
  Build build;
#ifndef __OPTIMIZE__
  build.optimized = false;
#endif
#ifndef NDEBUG
  build.assertions = true;
#endif
#if defined(__SANITIZE_ADDRESS__)
  build.sanitizer = "address";
#elif defined(__SANITIZE_THREAD__)
  build.sanitizer = "thread";
#endif
  return build;
}

/// Linux has a folder for each cache that the first core uses, which holds "32K" in a file of that
/// name. (sysconf asks the processor, which in a virtual machine tells of caches that others use.)
std::vector<std::size_t> cache_sizes() {
  std::vector<std::size_t> sizes;
  for (int index = 0;; ++index) {
    const std::string folder = text("/sys/devices/system/cpu/cpu0/cache/index", index, "/");
    std::string type;
    std::size_t size = 0;
    char unit = 'K';
    std::ifstream(folder + "type") >> type;
    if (!(std::ifstream(folder + "size") >> size >> unit)) return sizes;
    if (type != "Instruction") sizes.push_back(size << (unit == 'M' ? 20U : 10U));
  }
}

std::vector<Variable> variables_set() {
  std::vector<Variable> variables;
  for (const char* name : {"OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "OPENBLAS_NUM_THREADS",
                           "GOTO_NUM_THREADS", "OMP_NUM_THREADS", "RAVINE_SIMD"})
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0')
      variables.push_back({.name = name, .value = value});
  return variables;
}

}  // namespace

Machine this_machine(std::size_t threads) {
  return {.environment = environment(threads),
          .all_cores = static_cast<std::size_t>(std::max(sysconf(_SC_NPROCESSORS_ONLN), 1L)),
          .usable_cores = usable_cores(),
          .caches = cache_sizes(),
          .best_simd = std::string(simd::name_of(simd::best_level())),
          .blas_library = blas::config(),
          .build = this_build(),
          .variables = variables_set()};
}

}  // namespace ravine::report
