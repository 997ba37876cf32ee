#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "ravine/compare/metric.hpp"
#include "ravine/compare/protocol.hpp"
#include "ravine/compare/run.hpp"
#include "ravine/compare/tuning.hpp"

namespace ravine::compare {

/// What a number of trials select.
struct Budget {
  std::size_t trials = 0;
  std::optional<std::size_t> trial = {};  ///< the best of them; none where none finished
};

/// For 1 trial, which is the defaults, for the first 4, 16, 64, ... and for all of them.
std::vector<Budget> budgets_of(const Tuning& tuning, const Metric& metric);

/// A run that can be made now.
struct Assignment {
  RunKey key;
  bool fresh = false;                      ///< and so to be held against the test part at its end
  std::vector<double> worst_allowed = {};  ///< of a trial, as in ReadyTrial
};

/// What is still to be done for one optimizer on one dataset, by the runs that there are: first the
/// trials, then fresh runs of the defaults and of each setting that a budget selects.
struct Plan {
  Tuning tuning;
  std::vector<Assignment> ready;  ///< not among the runs, and in need of no others first
  bool complete = false;
  std::size_t expected = 0;  ///< runs in all, as far as can be told
};
Plan plan_of(const Contender& contender, const Options& options, const Metric& metric,
             std::span<const Run> runs);

}  // namespace ravine::compare
