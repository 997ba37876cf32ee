#pragma once

#include <span>

namespace ravine::lab {

/// |v|, also of numbers whose squares leave a double's range.
double length(std::span<const double> v);

/// |a - b| of two of the same size.
double distance(std::span<const double> a, std::span<const double> b);

}  // namespace ravine::lab
