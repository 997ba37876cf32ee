#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace ravine::compare {

struct Interval {
  double low = 0;
  double high = 0;
  bool contains(double x) const { return low <= x && x <= high; }

  friend bool operator==(const Interval&, const Interval&) = default;
};

/// From how many values on a mean has a bootstrap interval.
inline constexpr std::size_t least_for_bootstrap = 5;

/// The 95 % interval of a mean: the bootstrap-t interval (Efron and Tibshirani, 1993, section 12.5)
/// of five or more values, and Student's of two to four, of which no bootstrap reaches 95 %. None
/// of one value. Where all are equal, a point from five values on; fewer may be so by chance, and
/// have none.
///
/// Each side of a bootstrap interval is at least as long as Student's and at most three times so:
/// of few values, ties would make it too short (ten differences that are 1 three times and 0
/// otherwise would count as beyond noise), and resamples with hardly any spread longer than any
/// coverage asks for.
std::optional<Interval> mean_interval(std::span<const double> values);

/// Student's 95 % interval of a mean, of at least two values: that of a normal distribution.
Interval student_interval(std::span<const double> values);

/// Student's 95 % interval for one further value of those, of which there are at least two:
/// mean ± t s sqrt(1 + 1/n), of a normal distribution (Hahn and Meeker, 1991, section 4.7). Where
/// all are equal, that value.
Interval prediction_interval(std::span<const double> values);

}  // namespace ravine::compare
