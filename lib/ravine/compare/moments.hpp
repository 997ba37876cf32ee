#pragma once

#include <span>

namespace ravine::compare {

struct Moments {
  double mean = 0;
  /// The sample standard deviation (n - 1 in the denominator), 0 for one value.
  double std = 0;
};

/// Of at least one value.
Moments moments_of(std::span<const double> values);

}  // namespace ravine::compare
