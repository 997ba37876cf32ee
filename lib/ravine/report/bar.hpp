#pragma once

#include <cstddef>
#include <string>

namespace ravine::report {

/// A bar of so many columns, a share of it full.
std::string bar(double share, std::size_t columns, bool colour);

}  // namespace ravine::report
