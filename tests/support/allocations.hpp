#pragma once

#include <cstddef>

// "The hot path allocates nothing": counted at malloc itself, which allocations.cpp replaces in the
// programs that it is part of. With another C library, and under sanitizers, which replace it
// themselves, there is nothing to count.

namespace ravine::test {

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
constexpr bool allocations_are_counted = true;
#else
constexpr bool allocations_are_counted = false;
#endif

/// How often memory was asked for so far, in all threads; 0 where it is not counted.
std::size_t allocations();

template <class Step>
std::size_t allocations_of(Step step) {
  const std::size_t before = allocations();
  step();
  return allocations() - before;
}

}  // namespace ravine::test
