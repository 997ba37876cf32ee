#pragma once

#include <string>

#include "ravine/report/comparison.hpp"
#include "ravine/report/run_record.hpp"

namespace ravine::report {

/// What `ravine compare` prints: for each dataset what was done, a table with a line an optimizer,
/// and what it says in words; of several, what they say together in the end.
std::string comparison_text(const Results& results);

/// A run that is done in one line, without its end.
std::string run_line(const RunRecord& record, data::Task task);

}  // namespace ravine::report
