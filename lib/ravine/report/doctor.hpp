#pragma once

#include <span>
#include <string>

#include "ravine/report/machine.hpp"
#include "ravine/report/speed.hpp"
#include "ravine/report/warnings.hpp"

namespace ravine::report {

/// What `ravine doctor` prints: the machine, its speed, and each warning with its remedy.
std::string doctor_text(const Machine& machine, const Speed& speed,
                        std::span<const Warning> warnings);
/// The same as JSON.
std::string doctor_json(const Machine& machine, const Speed& speed,
                        std::span<const Warning> warnings);

}  // namespace ravine::report
