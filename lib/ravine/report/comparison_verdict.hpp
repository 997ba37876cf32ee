#pragma once

#include <string>
#include <vector>

#include "ravine/report/comparison.hpp"

namespace ravine::report {

/// Which optimizer has the best mean test metric.
std::string best_words(const compare::Comparison& comparison);
/// How the others stand to it: within noise, worse, or not to be told. None of a single seed, which
/// tells nothing of that.
std::vector<std::string> others_words(const compare::Comparison& comparison);
/// What tuning gained the best optimizer, the others that are to be taken, and the one that it
/// gained most; which it made worse.
std::vector<std::string> gain_words(const compare::Comparison& comparison,
                                    const std::vector<std::size_t>& taken);

}  // namespace ravine::report
