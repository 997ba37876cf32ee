#pragma once

#include <string>

#include "ravine/report/comparison.hpp"

namespace ravine::report {

/// What report.md holds: the summary, how it was done, and for each dataset its tables: how the
/// optimizers did, each pair's difference, the spaces searched, and what diverged.
std::string comparison_markdown(const Results& results);

}  // namespace ravine::report
