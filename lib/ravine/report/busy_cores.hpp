#pragma once

#include <chrono>

namespace ravine::report {

/// Watches how many cores are kept busy by others than this process and those that it has started
/// and waited for: its neighbours, and those of the virtual machine that it may be in.
class BusyCores {
 public:
  BusyCores();
  /// The mean since the watch began; 0 where the system does not tell (proc(5), /proc/stat).
  double taken_by_others() const;

 private:
  std::chrono::steady_clock::time_point begin_;
  double others_;  // seconds, on all cores, since some time
};

}  // namespace ravine::report
