#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "ravine/compare/protocol.hpp"
#include "ravine/data/dataset.hpp"
#include "ravine/train/prepare.hpp"

namespace ravine::compare {

/// What is known of a dataset without its numbers.
struct DataFacts {
  std::string name;  ///< as it was asked for
  data::Task task = data::Task::classification;
  std::size_t train_examples = 0;  ///< without those set aside for validation
  std::size_t validation_examples = 0;
  std::size_t test_examples = 0;
  std::string target_column = {};        ///< by its name, or its position where it has none
  std::vector<std::size_t> layers = {};  ///< of the model for it
  /// Of all numbers as they came: tells whether a sweep that was broken off, or is spread over
  /// machines, goes on with the same data.
  std::uint64_t fingerprint = 0;

  friend bool operator==(const DataFacts&, const DataFacts&) = default;
};

/// A dataset that optimizers are compared on, shared by all runs.
struct Problem {
  DataFacts facts;
  train::Prepared data;  ///< without its test part, which runs in progress must not see
  data::Dataset test;    ///< on the same scale
};

/// Throws InputError where the model does not fit the data, or the validation part would be empty.
Problem make_problem(std::string name, const data::TrainTest& parts, const Options& options);

/// Throws InputError for a target that none of the data have, that their metric cannot be, or that
/// does not say which of their metrics it is.
void check_target(const Options& options, std::span<const DataFacts> data);

/// Throws UnknownName or InputError for options that do not suit a problem, before anything is
/// trained; but for the target, which is of all problems together.
void check(const Options& options, const Problem& problem);

}  // namespace ravine::compare
