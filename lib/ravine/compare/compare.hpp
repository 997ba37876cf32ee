#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ravine/compare/statistics.hpp"
#include "ravine/data/dataset.hpp"
#include "ravine/optim/group.hpp"
#include "ravine/optim/spec.hpp"
#include "ravine/train/fit.hpp"
#include "ravine/train/model.hpp"

namespace ravine::compare {

/// An optimizer that takes part, with the hyper-parameters that are not at their defaults.
using Contender = optim::Spec;

struct Options {
  train::ModelKind model = train::ModelKind::mlp;
  std::vector<std::size_t> hidden;
  Activation activation = Activation::relu;
  std::vector<Contender> contenders;
  optim::Groups groups = {};            ///< of every contender
  train::FitOptions fit{.epochs = 20};  ///< of each run but for its seed
  std::size_t seeds = 5;  ///< runs of each contender, with the seeds fit.seed, fit.seed + 1, ...
};

/// One run, done.
struct Run {
  std::uint64_t seed = 0;
  train::Status status = train::Status::finished;
  std::string reason;                  // of a run that diverged
  std::optional<train::Metrics> test;  // of a run that finished
  std::size_t steps = 0;
  double seconds = 0;                         // of training alone
  std::size_t state_bytes_per_parameter = 0;  // when it was over
};

/// How an optimizer did.
struct Standing {
  Contender contender;
  optim::Settings settings;  // all hyper-parameters, as used
  std::vector<Run> runs;
  /// Over the runs that finished: accuracy in [0, 1], or root mean squared error in the target's
  /// units; none where none finished.
  std::optional<Summary> test_metric;
  /// Runs that diverged are counted here and nowhere averaged.
  std::size_t diverged = 0;
  std::optional<double> step_seconds;         // the median over the runs
  std::size_t state_bytes_per_parameter = 0;  // the most that a run came to
};

struct Comparison {
  std::string dataset;
  data::Task task = data::Task::classification;
  std::size_t train_examples = 0;
  std::size_t test_examples = 0;
  std::vector<std::size_t> layers;
  std::vector<Standing> standings;  // in the order of the contenders
};

/// Called when a run is done.
using OnRun = std::function<void(const Contender& contender, const Run& run)>;

/// Trains one model with each optimizer. All have the same initial weights and the same batches at
/// a given seed, and the test part is looked at once, when a run is over. Throws UnknownName or
/// InputError for what is wrong with the options before anything is trained.
Comparison compare(const data::TrainTest& parts, const Options& options, const OnRun& on_run = {});

}  // namespace ravine::compare
