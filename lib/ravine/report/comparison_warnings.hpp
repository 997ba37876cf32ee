#pragma once

#include <string>
#include <vector>

#include "ravine/compare/comparison.hpp"

namespace ravine::report {

/// What a reader of a comparison should beware of, a sentence each: settings selected by luck, runs
/// that diverged, settings at the edge of what was searched, trials given up early, few seeds, few
/// test examples, nothing tuned.
std::vector<std::string> warning_words(const compare::Comparison& comparison,
                                       const compare::Options& options);

}  // namespace ravine::report
