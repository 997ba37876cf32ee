#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

#include "ravine/data/datasets.hpp"
#include "ravine/optim/group.hpp"
#include "ravine/report/environment.hpp"
#include "ravine/train/fit.hpp"
#include "ravine/train/model.hpp"
#include "ravine/train/prepare.hpp"

namespace ravine::report {

/// The data of a run in numbers.
struct DataFacts {
  std::string name;
  data::Task task;
  std::size_t features;
  std::size_t classes;     ///< 0 for regression
  std::size_t train;       ///< examples
  std::size_t validation;  ///< examples, 0 where none were set aside
  std::size_t test;        ///< examples
};

DataFacts facts_of(const train::Prepared& data);

/// A training run as it was asked for, with every default filled in.
struct Run {
  std::string source;  ///< the name of a dataset, or a path
  data::LoadOptions load;
  double validation_fraction;
  DataFacts data;
  train::Architecture architecture;
  std::size_t parameters;
  std::string optimizer;
  optim::Settings settings;  ///< all hyper-parameters
  optim::Groups groups;      ///< and what differs for some parameters
  train::FitOptions fit;
  Environment environment;
  std::optional<std::filesystem::path> out;  ///< the folder it is written to
};

/// How it ended.
struct Outcome {
  train::FitResult fit;
  /// Of the model as it is in the end; none for a run that diverged.
  std::optional<train::Metrics> test;
};

}  // namespace ravine::report
