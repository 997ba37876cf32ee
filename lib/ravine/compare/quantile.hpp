#pragma once

#include <span>

namespace ravine::compare {

/// The value below which the share p in [0, 1] of at least one value lies, interpolated between
/// neighbours (type 7 of Hyndman and Fan, 1996).
double quantile(std::span<const double> values, double p);

/// The same of values in rising order.
double quantile_of_sorted(std::span<const double> sorted, double p);

/// The middle value, or the mean of the two in the middle, of at least one.
double median(std::span<const double> values);

}  // namespace ravine::compare
