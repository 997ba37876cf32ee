#pragma once

#include <cstdint>

namespace ravine::train {

/// What is random in a run, each drawn from a stream of its own of the run's one seed, so that one
/// more draw in one of them changes nothing in the others.
enum Stream : std::uint64_t {
  weights_stream = 1,
  batches_stream = 2,
  dropout_stream = 3,
  validation_stream = 4,
};

}  // namespace ravine::train
