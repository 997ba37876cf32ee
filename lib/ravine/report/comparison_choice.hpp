#pragma once

#include <string>
#include <vector>

#include "ravine/report/comparison.hpp"

namespace ravine::report {

/// What to take, with the command that trains it; where several are level, which of them. None
/// where there is no best.
std::vector<std::string> choice_words(const compare::Comparison& comparison,
                                      const Results& results);

}  // namespace ravine::report
