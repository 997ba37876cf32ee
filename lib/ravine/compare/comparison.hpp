#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "ravine/compare/profile.hpp"
#include "ravine/compare/standing.hpp"

namespace ravine::compare {

/// The difference of two optimizers' test metrics, paired over the seeds.
struct Pair {
  std::size_t a = 0;  ///< a standing
  std::size_t b = 0;
  PairedDifference difference;
};

/// How optimizers did on one dataset.
struct Comparison {
  DataFacts facts;
  Metric metric{};
  /// Of the validation metric: that of the options, or one percent off the best median, over the
  /// tuned runs of an optimizer none of which diverged, at the end. None where all have one that
  /// diverged.
  std::optional<double> target = {};
  std::vector<Standing> standings = {};
  /// Each two, a before b, that have a seed which both finished.
  std::vector<Pair> pairs = {};
  /// The standing with the best mean test metric among those of which no tuned run diverged: what
  /// is left of one that diverges are its lucky seeds. The first of equals; none where all did.
  std::optional<std::size_t> best = {};
};

/// What the runs say, those of each contender in turn. They must outlive the result. Runs that are
/// missing are left out, and those with seeds that were not asked for.
Comparison compare_runs(const DataFacts& facts, const Options& options,
                        std::span<const std::vector<Run>> runs_of_contenders);

/// Performance profiles over all (dataset, seed): steps to the target of the tuned runs, one
/// profile a contender. All comparisons are of the same contenders.
std::vector<Profile> profiles_of(std::span<const Comparison> comparisons);

}  // namespace ravine::compare
