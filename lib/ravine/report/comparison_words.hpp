#pragma once

#include <string>
#include <vector>

#include "ravine/report/comparison.hpp"

namespace ravine::report {

/// What a comparison on one dataset says, in plain sentences: which optimizer did best, which
/// cannot be told from it, which are worse and by how much, what to use, what tuning gained, and
/// what to beware of.
std::vector<std::string> words_on(const compare::Comparison& comparison, const Results& results);
/// The same of all datasets together: how often each optimizer was best or level with the best, and
/// who was best on each.
std::vector<std::string> words_on(const Results& results);

}  // namespace ravine::report
