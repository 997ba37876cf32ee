#include "ravine/optim/schedule_registry.hpp"

#include <algorithm>
#include <string>
#include <type_traits>
#include <variant>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::optim {
namespace {

template <LearningRateSchedule S>
ScheduleInfo info_of() {
  return {.about = S::about,
          .fields = infos_of_fields<S>(),
          .make = [](const Settings& settings) -> AnySchedule { return configured<S>(settings); }};
}

template <class... S>
std::vector<ScheduleInfo> rows(std::type_identity<std::variant<S...>>) {
  return {info_of<S>()...};
}

}  // namespace

const std::vector<ScheduleInfo>& schedules() {
  static const std::vector<ScheduleInfo> registry = rows(std::type_identity<AnySchedule>{});
  return registry;
}

const ScheduleInfo& find_schedule(std::string_view name) {
  const auto found = std::ranges::find(
      schedules(), name, [](const ScheduleInfo& schedule) { return schedule.about.name; });
  if (found != schedules().end()) return *found;
  std::vector<std::string> known;
  for (const ScheduleInfo& schedule : schedules()) known.emplace_back(schedule.about.name);
  throw UnknownName(text("unknown schedule '", name, "'", suggestion(name, known)));
}

AnySchedule make_schedule(const Spec& spec) {
  const ScheduleInfo& schedule = find_schedule(spec.name);
  return schedule.make(with_names(spec.settings, spec.name, schedule.fields));
}

}  // namespace ravine::optim
