#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ravine/compare/search_space.hpp"
#include "ravine/compare/tuning.hpp"
#include "ravine/optim/group.hpp"
#include "ravine/optim/spec.hpp"
#include "ravine/train/fit.hpp"
#include "ravine/train/model.hpp"

namespace ravine::compare {

/// An optimizer that takes part. What its spec sets is held, and not tuned.
using Contender = optim::Spec;

/// A validation metric that is to be reached: by its name, of the datasets whose task has it, or
/// that of the task where it has none.
struct Target {
  std::string metric = {};  ///< "accuracy" or "rmse"
  double value = 0;
};

/// What a comparison is asked for.
struct Options {
  train::ModelKind model = train::ModelKind::mlp;
  std::vector<std::size_t> hidden = {};
  Activation activation = Activation::relu;
  std::vector<Contender> contenders = {};
  optim::Groups groups = {};            ///< of every contender
  train::FitOptions fit{.epochs = 20};  ///< of each run, but for its seed
  double validation = 0.2;              ///< share of the training part that trials are judged by
  TuningOptions tuning = {};
  std::vector<AskedRange> ranges = {};
  std::size_t seeds = 5;  ///< fresh runs of each setting that was selected
  /// The validation metric that counts as reached. Where none is given: one percent off the best
  /// median, over the fresh runs of a tuned optimizer, of the validation metric at the end.
  std::optional<Target> target = {};
  std::uint64_t seed = 0;  ///< of the split and the trials; fresh runs have seed + 1, seed + 2, ...
};

/// Throws UnknownName or InputError for options that cannot be, whatever the data.
void check(const Options& options);

}  // namespace ravine::compare
