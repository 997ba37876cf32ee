#pragma once

#include <string>
#include <vector>

#include "ravine/compare/comparison.hpp"
#include "ravine/report/table.hpp"

// The tables of a comparison on one dataset, for a terminal and for Markdown.

namespace ravine::report {

/// A row an optimizer: how it did. What only tuning tells has no column where nothing was tuned.
Table standings_table(const compare::Comparison& comparison, const compare::Options& options);
/// What the columns of it mean, a sentence each.
std::vector<std::string> standings_legend(const compare::Comparison& comparison,
                                          const compare::Options& options);

/// A row for each two optimizers: their difference, and whether it is beyond noise.
Table pairs_table(const compare::Comparison& comparison);
/// A row for each hyper-parameter of each optimizer that was searched; none where nothing was
/// tuned.
Table spaces_table(const compare::Comparison& comparison, const compare::Options& options);

}  // namespace ravine::report
