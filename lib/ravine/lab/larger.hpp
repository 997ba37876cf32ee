#pragma once

#include <cmath>

namespace ravine::lab {

/// The larger of two numbers, and not a number where one of them is not: `std::max(largest, nan)`
/// is `largest`, which would hide an error that cannot be told.
inline double larger(double a, double b) { return std::isnan(b) || b > a ? b : a; }

}  // namespace ravine::lab
