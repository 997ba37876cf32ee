#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ravine/compare/comparison.hpp"

// How the numbers of a comparison are written for people.

namespace ravine::report {

/// Decimals of a dataset's metric wherever it is written, so that numbers can be told from one
/// another and claim no more than they know: the last two of the standard deviation over the seeds;
/// of single runs, those in which a test example shows, or three digits of an error.
int decimals_of(const compare::Comparison& comparison);

/// With a minus sign, and without one before zero.
std::string signed_text(double number, int decimals);
/// `[−0.001, 0.005]`.
std::string interval_text(const compare::Interval& interval, int decimals);
/// `0.850 ± 0.071`, the mean and standard deviation; `0.850` of one run; `–` of none.
std::string spread_text(const std::optional<compare::Summary>& summary, int decimals);

}  // namespace ravine::report
