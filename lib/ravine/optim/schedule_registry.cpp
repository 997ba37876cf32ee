#include "ravine/optim/schedule_registry.hpp"

namespace ravine::optim {
namespace {

template <class... S>
constexpr bool are_schedules(std::type_identity<std::variant<S...>>) {
  return (LearningRateSchedule<S> && ...);
}
static_assert(are_schedules(std::type_identity<AnySchedule>{}));

constexpr const char* kind = "schedule";

}  // namespace

const std::vector<ScheduleInfo>& schedules() {
  static const std::vector<ScheduleInfo> registry = alternatives(std::type_identity<AnySchedule>{});
  return registry;
}

const ScheduleInfo& find_schedule(std::string_view name) {
  return find_named(schedules(), kind, name);
}

AnySchedule make_schedule(const Spec& spec) { return make_alternative(schedules(), kind, spec); }

}  // namespace ravine::optim
