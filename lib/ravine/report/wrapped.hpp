#pragma once

#include <string>
#include <vector>

namespace ravine::report {

/// Each sentence on lines of its own of at most 100 columns, those after its first two columns in.
/// What stands between backticks, which are left out, is not broken: it can be copied from its
/// line.
std::string wrapped(const std::vector<std::string>& sentences);

}  // namespace ravine::report
