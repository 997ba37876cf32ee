#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ravine/report/comparison.hpp"

namespace ravine::report {

/// The standings to take: of those that cannot be told from the best, and whose mean is near its
/// own, the quickest, and that with the least state where it is another. None where there is no
/// best.
std::vector<std::size_t> taken(const compare::Comparison& comparison);
/// What to take, with the command that trains it; where several are level, which of them. None
/// where there is no best.
std::vector<std::string> choice_words(const compare::Comparison& comparison,
                                      const Results& results);

}  // namespace ravine::report
