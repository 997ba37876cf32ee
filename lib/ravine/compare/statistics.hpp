#pragma once

#include <cstddef>
#include <span>

namespace ravine::compare {

/// What a metric came to over several runs.
struct Summary {
  double mean = 0;
  /// The sample standard deviation (n - 1 in the denominator), 0 for one run.
  double std = 0;
  std::size_t n = 0;
};

/// Of at least one value.
Summary summarize(std::span<const double> values);
/// The middle value, or the mean of the two in the middle, of at least one.
double median(std::span<const double> values);

}  // namespace ravine::compare
