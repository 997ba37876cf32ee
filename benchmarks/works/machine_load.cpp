#include "machine_load.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string>

namespace ravine::benchmarks {
namespace {

double processor_seconds(int who) {
  rusage usage{};
  getrusage(who, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

MachineLoad::Times MachineLoad::now() {
  // proc(5): "cpu user nice system idle iowait irq softirq steal ...", in ticks.
  std::ifstream stat("/proc/stat");
  std::string cpu;
  double user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0;
  stat >> cpu >> user >> nice >> system >> idle >> iowait >> irq >> softirq >> steal;
  const double tick = 1 / static_cast<double>(sysconf(_SC_CLK_TCK));
  const double busy = user + nice + system + irq + softirq + steal;
  return {.busy = busy * tick,
          .all = (busy + idle + iowait) * tick,
          .own = processor_seconds(RUSAGE_SELF) + processor_seconds(RUSAGE_CHILDREN)};
}

MachineLoad::MachineLoad() : start_(now()) {}

double MachineLoad::share_of_others() const {
  const Times end = now();
  const double all = end.all - start_.all;
  if (all <= 0) return 0;
  return std::clamp((end.busy - start_.busy - (end.own - start_.own)) / all, 0.0, 1.0);
}

}  // namespace ravine::benchmarks
