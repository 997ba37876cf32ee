#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "ravine/compare/interval.hpp"
#include "ravine/compare/quantile.hpp"

namespace ravine::compare {

/// What a metric came to over several runs.
struct Summary {
  double mean = 0;
  /// The sample standard deviation (n - 1 in the denominator), 0 for one run.
  double std = 0;
  std::size_t n = 0;
  /// Of the mean, at 95 %; none for one run.
  std::optional<Interval> ci95 = {};
};

/// Of at least one value.
Summary summarize(std::span<const double> values);

/// How long something took in several runs, some of which never got there.
struct TimeToTarget {
  /// A miss counts as infinite; none where fewer than half got there. Where exactly half did, their
  /// longest, as the median of a survival curve that ends at one half.
  std::optional<double> median = {};
  std::size_t reached = 0;
  std::size_t of = 0;
};
/// `times` has none for a miss.
TimeToTarget time_to_target(std::span<const std::optional<double>> times);

/// Whether two optimizers differ, over the seeds that both finished.
struct PairedDifference {
  double mean = 0;  ///< of a - b
  std::size_t n = 0;
  /// Student's at 95 %: differences of like runs are near to symmetric, and of a handful it tells
  /// more than a bootstrap. None of fewer than three seeds; nor, below five, where all differ by
  /// the same, which a metric with few values does too often by luck (of four seeds, up to once in
  /// eight times where there is no difference) and from which the noise cannot be told.
  std::optional<Interval> ci95 = {};
  bool beyond_noise() const { return ci95 && !ci95->contains(0); }
};
/// `a` and `b` have the same seeds in the same order, none where a run did not finish. None where
/// no seed is in both.
std::optional<PairedDifference> paired_difference(std::span<const std::optional<double>> a,
                                                  std::span<const std::optional<double>> b);

}  // namespace ravine::compare
