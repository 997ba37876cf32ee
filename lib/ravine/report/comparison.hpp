#pragma once

#include <span>
#include <string>

#include "ravine/compare/compare.hpp"
#include "ravine/report/environment.hpp"

namespace ravine::report {

/// How one dataset's optimizers did, as a table with a line each, and a sentence on it.
std::string comparison_text(const compare::Comparison& comparison, const compare::Options& options);
/// What `ravine compare --json` prints.
std::string comparisons_json(std::span<const compare::Comparison> comparisons,
                             const compare::Options& options, const Environment& environment);
/// A run that is done in one line, without its end.
std::string run_line(const std::string& dataset, const compare::Contender& contender,
                     const compare::Run& run);

}  // namespace ravine::report
