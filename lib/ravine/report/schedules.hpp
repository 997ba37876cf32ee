#pragma once

#include <span>
#include <string>
#include <vector>

#include "ravine/optim/schedule_registry.hpp"

namespace ravine::report {

/// What `ravine schedules` prints: a line a schedule, and how they are put together.
std::string schedule_list(const std::vector<optim::ScheduleInfo>& schedules);
/// What `ravine schedules NAME` prints: the rate as a function of time, the settings, the
/// reference.
std::string schedule_page(const optim::ScheduleInfo& schedule);
/// The same as JSON.
std::string schedules_json(std::span<const optim::ScheduleInfo> schedules);

}  // namespace ravine::report
