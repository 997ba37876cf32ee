#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "ravine/compare/curve.hpp"
#include "ravine/compare/fresh_runs.hpp"
#include "ravine/compare/problem.hpp"

namespace ravine::compare {

/// A trial, as far as it went.
struct TrialResult {
  optim::Settings point = {};  ///< what was tried; empty: the defaults
  train::Status status = train::Status::finished;
  std::optional<double> lr = {};                 ///< none where the rule has none
  std::optional<double> validation_metric = {};  ///< at the end, of one that finished
};

/// What a number of trials would have come to: the setting that they select, judged as the last.
struct BudgetResult {
  std::size_t trials = 0;
  std::optional<Summary> test_metric = {};  ///< none where no trial or no fresh run finished
};

/// How an optimizer did on a dataset.
struct Standing {
  Contender contender;
  SearchSpace space = {};  ///< as it was widened
  std::vector<Widening> widenings = {};
  std::vector<TrialResult> trials = {};  ///< those done; none where nothing was tuned
  std::size_t diverged_trials = 0;
  std::size_t stopped_trials = 0;
  bool at_edge = false;
  /// None where no trial finished; the defaults' where they were selected or nothing was tuned.
  std::optional<FreshRuns> tuned = {};
  FreshRuns defaults;  ///< untuned
  /// The validation metric that the setting was selected by, of one trial; none where nothing was
  /// tuned or no trial finished.
  std::optional<double> selected_validation = {};
  bool lucky = false;  ///< that trial, as `was_lucky` tells by the tuned runs
  /// Of the tuned runs, and so below: to the end of the first epoch whose validation metric is as
  /// good as the target. A run that diverges misses, whatever it was before.
  TimeToTarget epochs_to_target = {};
  TimeToTarget steps_to_target = {};
  TimeToTarget seconds_to_target = {};
  std::optional<double> step_seconds = {};    ///< median over the runs
  std::size_t state_bytes_per_parameter = 0;  ///< the most that a run came to
  std::vector<CurvePoint> curve = {};         ///< over the runs that got so far
  /// From the lowest to the highest learning rate of the trials within one percent of the best, in
  /// decades; none where no rate was tuned or no trial finished.
  std::optional<double> lr_width_decades = {};
  std::vector<BudgetResult> budget = {};

  /// Whether there are tuned runs, and all finished.
  bool none_diverged() const { return tuned && tuned->test_metric && tuned->diverged == 0; }
};

/// All of it but the times to a target, which need the other optimizers.
Standing standing_of(const DataFacts& facts, const Options& options, const Contender& contender,
                     std::span<const Run> runs);

}  // namespace ravine::compare
