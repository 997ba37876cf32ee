#pragma once

#include "ravine/tensor/threads.hpp"

namespace ravine::test {

/// As long as it lives, so many threads compute.
class WithThreads {
 public:
  explicit WithThreads(std::size_t count) : before_(threads()) { set_threads(count); }
  ~WithThreads() { set_threads(before_); }
  WithThreads(const WithThreads&) = delete;
  WithThreads& operator=(const WithThreads&) = delete;

 private:
  std::size_t before_;
};

}  // namespace ravine::test
