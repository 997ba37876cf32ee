#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace ravine::benchmarks {

/// The mean time of a call of `step`, in seconds, over a stretch of about `seconds`. A fifth of
/// that goes before unmeasured: caches, kept memory and sleeping threads are then as in a long run.
template <class Step>
double seconds_per_call(double seconds, Step step) {
  using Clock = std::chrono::steady_clock;
  const auto since = [](Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
  };

  const auto begin = Clock::now();
  std::size_t calls = 0;
  do {
    step();
    ++calls;
  } while (since(begin) < seconds / 5);

  // Reading the clock takes tens of nanoseconds, as much as the smallest steps.
  constexpr double stretch = 200e-6;
  const auto unread = std::max<std::size_t>(
      1, static_cast<std::size_t>(stretch * static_cast<double>(calls) / since(begin)));
  const auto start = Clock::now();
  calls = 0;
  double elapsed = 0;
  do {
    for (std::size_t i = 0; i < unread; ++i) step();
    calls += unread;
    elapsed = since(start);
  } while (elapsed < seconds);
  return elapsed / static_cast<double>(calls);
}

}  // namespace ravine::benchmarks
