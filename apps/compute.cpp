#include "compute.hpp"

#include <sched.h>

#include <algorithm>
#include <thread>

#include "log.hpp"
#include "ravine/tensor/blas.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::apps {

std::size_t usable_cores() {
  cpu_set_t cores;
  if (sched_getaffinity(0, sizeof cores, &cores) == 0)
    return static_cast<std::size_t>(CPU_COUNT(&cores));
  // More cores than the set has room for.
  return std::max(std::thread::hardware_concurrency(), 1U);
}

report::Environment start_compute(const Common& common) {
  blas::set_threads(common.threads);
  const report::Environment environment = report::environment(common.threads);
  if (!environment.forced_core.empty())
    log::warning(text("OPENBLAS_CORETYPE=", environment.forced_core,
                      " is set and chooses OpenBLAS's kernels (", environment.blas_core,
                      "); without it, those for this processor may be faster"));
  log::detail(text("OpenBLAS: ", environment.blas_core, ", ", environment.blas_threads,
                   " threads; own kernels: ", environment.simd, "; cpu: ", environment.cpu));
  return environment;
}

}  // namespace ravine::apps
