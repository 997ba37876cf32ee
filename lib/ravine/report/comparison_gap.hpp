#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "ravine/compare/comparison.hpp"

namespace ravine::report {

/// How much better one result is than another in the dataset's metric, paired over the seeds.
struct Gap {
  double size = 0;  ///< positive where it is better, whichever way the metric goes
  std::size_t n = 0;
  std::optional<compare::Interval> ci95 = {};

  bool beyond_noise() const { return ci95 && !ci95->contains(0); }
  bool within_noise() const { return ci95 && ci95->contains(0); }
  /// On every seed: of three or more, those without an interval, or with one of no width, differ by
  /// the same, here by nothing.
  bool equal() const { return size == 0 && n > 2 && (!ci95 || ci95->low == ci95->high); }
  bool level() const { return within_noise() || equal(); }
};

/// How far a standing is behind the best one.
struct Behind {
  std::size_t standing = 0;
  Gap gap;
};
/// Of all but the best itself, in their order. Of those that share no seed with it, n is 0. Empty
/// where there is no best.
std::vector<Behind> behind_the_best(const compare::Comparison& comparison);

/// What the selected setting has over the defaults; n is 0 where no seed was finished with both.
Gap gain_of_tuning(const compare::Standing& standing, const compare::Metric& metric);

}  // namespace ravine::report
