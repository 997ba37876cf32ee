#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ravine/optim/setting.hpp"
#include "ravine/train/fit.hpp"

namespace ravine::compare {

/// The end of an epoch. What is not finite is kept as NaN.
struct EpochRecord {
  double train_loss = 0;  ///< the mean over the epoch's batches, while the weights move
  double validation_loss = 0;
  double validation_metric = 0;
  double seconds = 0;  ///< of training alone, since the run began

  friend bool operator==(const EpochRecord&, const EpochRecord&) = default;
};

/// What tells the runs of one optimizer on one dataset apart.
struct RunKey {
  optim::Settings point = {};  ///< what was tried of the search space; empty: the defaults
  std::uint64_t seed = 0;

  friend bool operator==(const RunKey&, const RunKey&) = default;
};

/// What a run says of the data that it was trained on, or is judged by in the end.
struct EndResult {
  double train_loss = 0;  ///< over the whole training part, with the weights of the end
  double test_loss = 0;
  double test_metric = 0;

  friend bool operator==(const EndResult&, const EndResult&) = default;
};

/// A run, done. A trial sees the validation part alone; the runs with fresh seeds that follow it
/// meet the test part once, when they are over.
struct Run {
  RunKey key;
  /// Stopped: a trial that was given up early.
  /// Diverged: something was not finite, or the training loss at the end is more than ten times
  /// that of a constant prediction.
  train::Status status = train::Status::finished;
  std::string reason = {};               ///< of one that diverged
  std::vector<EpochRecord> epochs = {};  ///< those that were completed
  std::optional<EndResult> end = {};     ///< of a fresh run that finished
  std::size_t steps = 0;
  double seconds = 0;  ///< of training alone
  std::size_t state_bytes_per_parameter = 0;

  friend bool operator==(const Run&, const Run&) = default;
};

/// The run of that key; null where there is none.
const Run* find_run(std::span<const Run> runs, const RunKey& key);

}  // namespace ravine::compare
