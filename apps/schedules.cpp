#include "ravine/report/schedules.hpp"

#include <memory>

#include "output.hpp"
#include "subcommands.hpp"

namespace ravine::apps {
namespace {

int run_schedules(const std::string& name, const Common& common) {
  if (name.empty()) {
    print(common.json ? report::schedules_json(optim::schedules())
                      : report::schedule_list(optim::schedules()));
  } else {
    const optim::ScheduleInfo& schedule = optim::find_schedule(name);
    print(common.json ? report::schedules_json({&schedule, 1}) : report::schedule_page(schedule));
  }
  return 0;
}

}  // namespace

Subcommand schedules_subcommand(const Common& common) {
  const auto name = std::make_shared<std::string>();
  return {.name = "schedules",
          .summary = "List the schedules of learning rates, or explain one",
          .declare =
              [name](Options& options) {
                options.argument("NAME", *name,
                                 "the one to explain: its rate, settings, reference");
              },
          .run = [name, &common] { return run_schedules(*name, common); }};
}

}  // namespace ravine::apps
