#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "ravine/compare/plan.hpp"
#include "ravine/compare/problem.hpp"
#include "ravine/compare/run.hpp"

namespace ravine::compare {

/// One optimizer on one dataset: what is tuned by itself, and the smallest part of a sweep that a
/// process can do alone.
struct Entry {
  std::size_t problem = 0;
  std::size_t contender = 0;

  friend bool operator==(const Entry&, const Entry&) = default;
};

/// The runs of every entry: at `problem * contenders + contender`.
using Runs = std::vector<std::vector<Run>>;

/// Which entries a process does: those whose number leaves `index` when divided by `of`.
struct Shard {
  std::size_t index = 0;
  std::size_t of = 1;
  bool holds(std::size_t entry) const { return entry % of == index; }

  friend bool operator==(const Shard&, const Shard&) = default;
};

/// A run under way.
struct Running {
  Entry entry;
  RunKey key;
  bool fresh = false;
  std::size_t epoch = 0;   ///< completed
  std::size_t epochs = 0;  ///< in all
};

/// How far a sweep is.
struct SweepState {
  std::size_t done = 0;
  std::size_t expected = 0;               ///< as far as can be told; grows where a space is widened
  std::span<const Running> running = {};  ///< one a job that is busy
};

struct SweepObserver {
  // The first two are called by one thread at a time.
  /// A run is done; those that were stopped from outside are none.
  std::function<void(const Entry&, const Run&, const SweepState&)> on_run = {};
  /// A run has begun or has ended an epoch.
  std::function<void(const SweepState&)> on_progress = {};
  /// Whether to go on; asked after each step, by every thread.
  std::function<bool()> go_on = {};
};

struct SweepOptions {
  std::size_t jobs = 1;  ///< runs side by side at most, each on one thread
  Shard shard = {};
};

/// Makes all runs that are missing, and adds them to `runs` in the order in which they are done.
/// What they come to depends on the options alone: not on the number of jobs, nor on which runs
/// were there before. All optimizers have the same initial weights and the same batches at a given
/// seed. Sets the process's compute threads to one while it works.
void sweep(std::span<const Problem> problems, const Options& options,
           const SweepOptions& sweep_options, Runs& runs, const SweepObserver& observer = {});

/// How many runs of the shard's entries are missing, as far as can be told; 0: none.
std::size_t missing_runs(std::span<const DataFacts> facts, const Options& options,
                         const Shard& shard, const Runs& runs);

}  // namespace ravine::compare
