#pragma once

#include <string>

#include "ravine/report/comparison.hpp"

namespace ravine::report {

/// What `ravine compare --json` prints, and results.json holds: one document of one line.
std::string comparison_json(const Results& results);

}  // namespace ravine::report
