#pragma once

#include <string>
#include <vector>

#include "ravine/report/machine.hpp"
#include "ravine/report/speed.hpp"

namespace ravine::report {

/// Something that costs speed, and what to do about it.
struct Warning {
  std::string what;
  std::string remedy;
};

/// What costs speed on this machine.
std::vector<Warning> warnings_of(const Machine& machine, const Speed& speed);

}  // namespace ravine::report
