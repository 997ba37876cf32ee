#pragma once

#include <cstddef>
#include <vector>

namespace ravine::report {

/// Products [m, k] times [k, n] of floats, the second matrix stored transposed as a layer's weights
/// are.
struct ProductSpeed {
  std::size_t m, n, k;
  std::size_t threads;
  double gflops;  ///< 10^9 additions and multiplications a second
};

/// Numbers far apart from what the caches hold, each read and written, as an optimizer's step does.
struct MemorySpeed {
  std::size_t bytes;
  std::size_t threads;
  double gigabytes_per_second;  ///< 10^9 bytes, the read and the written ones
};

/// Training steps of a network so small that what is not arithmetic shows.
struct StepSpeed {
  std::vector<std::size_t> layers;
  std::size_t batch_size;
  std::size_t threads;
  double seconds;  ///< a step
};

/// The best of many repeats each, at one thread and at those in use.
struct Speed {
  std::vector<ProductSpeed> products;
  std::vector<MemorySpeed> memory;
  std::vector<StepSpeed> steps;
  /// Cores that others kept busy meanwhile; 0 where the system does not tell.
  double cores_taken = 0;
};

/// Measures for about `seconds`, and fills memory of four times the size of the last cache. Throws
/// std::bad_alloc where that is not there. Not to be called while other threads compute.
Speed measure_speed(std::size_t threads, std::size_t last_cache, double seconds = 1);

}  // namespace ravine::report
