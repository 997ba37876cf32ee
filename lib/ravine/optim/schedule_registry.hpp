#pragma once

#include <vector>

#include "ravine/optim/alternative.hpp"
#include "ravine/optim/schedules.hpp"

namespace ravine::optim {

/// What is known of a schedule without its type.
using ScheduleInfo = Alternative<AnySchedule>;

/// All schedules, simple before complex.
const std::vector<ScheduleInfo>& schedules();
/// The row of a name. Throws UnknownName, offering the nearest.
const ScheduleInfo& find_schedule(std::string_view name);
/// The schedule that a spec names, with its settings. Throws UnknownName or InputError.
AnySchedule make_schedule(const Spec& spec);

}  // namespace ravine::optim
