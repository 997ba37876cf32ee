#pragma once

#include <cstddef>
#include <vector>

namespace ravine::lab {

/// What is looked at of one variable.
struct Interval {
  double low;
  double high;

  friend bool operator==(const Interval&, const Interval&) = default;
};

/// The centres of so many equal parts, from low to high.
std::vector<double> centres(const Interval& interval, std::size_t parts);

}  // namespace ravine::lab
