#include "ravine/report/environment.hpp"

#include <fstream>

#include "ravine/tensor/blas.hpp"
#include "ravine/tensor/simd.hpp"

namespace ravine::report {
namespace {

/// Linux has a line "model name : Intel(R) ..." for each core.
std::string cpu_name() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    if (!line.starts_with("model name")) continue;
    const std::size_t begin = line.find_first_not_of(" \t", line.find(':') + 1);
    return begin == std::string::npos ? "" : line.substr(begin);
  }
  return "";
}

}  // namespace

Environment environment(std::size_t threads) {
  blas::use_one_thread();  // as every product does
  return {.cpu = cpu_name(),
          .threads = threads,
          .blas_core = blas::core(),
          .blas_threads = blas::threads(),
          .forced_core = blas::forced_core(),
          .simd = std::string(simd::level_name())};
}

}  // namespace ravine::report
