#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ravine/compare/metric.hpp"
#include "ravine/compare/run.hpp"
#include "ravine/compare/sampling.hpp"
#include "ravine/compare/search_space.hpp"

namespace ravine::compare {

/// How an optimizer's hyper-parameters are chosen.
struct TuningOptions {
  /// Points tried, the first of which is the defaults; 1: nothing is tuned.
  std::size_t trials = 16;
  Search search = Search::quasi;
  /// Give up a trial whose best validation metric so far is worse than the median of that of all
  /// trials in the waves before it, at the same epoch (the median stopping rule of Golovin et al.,
  /// 2017, by waves, so that it does not matter who is done first).
  bool stop_early = false;
};

/// Further trials beyond an end of the space, because the best one stood there.
struct Widening {
  std::string field;
  double low = 0;  ///< of the strip that was added
  double high = 0;
  std::size_t trials = 0;
};

/// One point that is tried.
struct Trial {
  optim::Settings point = {};
  const Run* run = nullptr;  ///< null while it is not done
};

/// A trial that can be made now.
struct ReadyTrial {
  std::size_t trial = 0;
  /// It is given up once its best validation metric so far is worse than this after an epoch;
  /// empty: never.
  std::vector<double> worst_allowed = {};
};

/// How far the tuning of one optimizer on one dataset has come, by the runs that there are.
struct Tuning {
  SearchSpace space = {};          ///< as widened so far
  std::vector<Trial> trials = {};  ///< in order; the first: the defaults
  std::vector<Widening> widenings = {};
  std::vector<ReadyTrial> ready = {};
  bool complete = false;  ///< no trial is left to be made
  /// The best trial: by the validation metric at the end, then the loss, then the earliest. None
  /// where none has finished, and the defaults where nothing is tuned.
  std::optional<std::size_t> best = {};
  /// Whether the best one stands at an end of the space even so: its value of a field is the lowest
  /// or the highest of all that were tried in it, and the rule allows others beyond.
  bool at_edge = false;

  /// Whether there is anything to choose from; the defaults are no trial then.
  bool anything() const { return trials.size() > 1; }
};

/// A pure function of its arguments, so that a search that was broken off, or is spread over
/// processes, goes on from the runs that are there.
/// `seed` is that of the points, and of every trial's weights and batches.
Tuning tuning_of(const SearchSpace& space, const TuningOptions& options, const Metric& metric,
                 std::uint64_t seed, std::span<const Run> runs);

/// The best of some trials, as in Tuning.
std::optional<std::size_t> best_of(std::span<const Trial> trials, const Metric& metric);

/// What a trial tried of a dimension.
double value_of(const Trial& trial, const Dimension& dimension);

}  // namespace ravine::compare
