#include "compute.hpp"

#include "log.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/threads.hpp"

namespace ravine::apps {

report::Environment start_compute(const Common& common) {
  set_threads(common.threads);
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
