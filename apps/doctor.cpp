#include "ravine/report/doctor.hpp"

#include "output.hpp"
#include "ravine/tensor/threads.hpp"
#include "subcommands.hpp"

namespace ravine::apps {
namespace {

int run_doctor(const Common& common) {
  set_threads(common.threads);
  const report::Machine machine = report::this_machine(common.threads);
  const report::Speed speed =
      report::measure_speed(common.threads, machine.caches.empty() ? 0 : machine.caches.back());
  const std::vector<report::Warning> warnings = report::warnings_of(machine, speed);
  print(common.json ? report::doctor_json(machine, speed, warnings)
                    : report::doctor_text(machine, speed, warnings));
  return 0;
}

}  // namespace

Subcommand doctor_subcommand(const Common& common) {
  return {.name = "doctor",
          .summary =
              "Measure this machine for a second, and warn of what slows ravine down "
              "(the exit status is 0 with warnings, too)",
          .run = [&common] { return run_doctor(common); }};
}

}  // namespace ravine::apps
