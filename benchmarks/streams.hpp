#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace ravine::benchmarks {

/// The memory traffic of an optimizer's step with next to no arithmetic: w and `slots` arrays of
/// state are read and written, g is read; 12 + 8 slots bytes an element.
class Streams {
 public:
  Streams(std::size_t slots, std::size_t tensors, std::size_t elements);
  /// The mean seconds of a pass over all tensors by so many threads, each with a part of its own.
  double seconds_per_pass(std::size_t threads, double seconds);

 private:
  std::vector<std::vector<std::vector<float>>> tensors_;  // each: w, g, state...
};

}  // namespace ravine::benchmarks
