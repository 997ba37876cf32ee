#pragma once

#include <chrono>

namespace ravine::train {

/// Adds up the time between `start` and `stop`, in seconds.
class Stopwatch {
 public:
  void start() { started_ = Clock::now(); }
  void stop() { total_ += running(); }
  double seconds() const { return total_; }

 private:
  using Clock = std::chrono::steady_clock;
  double running() const { return std::chrono::duration<double>(Clock::now() - started_).count(); }
  Clock::time_point started_;
  double total_ = 0;
};

}  // namespace ravine::train
