#include "ravine/report/busy_cores.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <string>

namespace ravine::report {
namespace {

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

double own_seconds() {
  double total = 0;
  for (const auto who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage usage{};
    getrusage(who, &usage);
    total += seconds(usage.ru_utime) + seconds(usage.ru_stime);
  }
  return total;
}

/// The first line is "cpu" and the ticks of all cores spent in these states.
double busy_seconds() {
  enum State { user, nice, system, idle, iowait, irq, softirq, steal, states };
  std::ifstream stat("/proc/stat");
  std::string cpu;
  stat >> cpu;
  std::array<double, states> ticks{};
  for (double& count : ticks) stat >> count;
  if (!stat || cpu != "cpu") return 0;
  double busy = 0;
  for (const State state : {user, nice, system, irq, softirq, steal}) busy += ticks[state];
  return busy / static_cast<double>(sysconf(_SC_CLK_TCK));
}

double others_seconds() { return busy_seconds() - own_seconds(); }

}  // namespace

BusyCores::BusyCores() : begin_(std::chrono::steady_clock::now()), others_(others_seconds()) {}

double BusyCores::taken_by_others() const {
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin_;
  return std::max(others_seconds() - others_, 0.0) / passed.count();
}

}  // namespace ravine::report
