#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "command_line.hpp"
#include "ravine/data/datasets.hpp"
#include "ravine/optim/group.hpp"
#include "ravine/optim/spec.hpp"
#include "ravine/train/fit.hpp"
#include "ravine/train/model.hpp"

// Groups of options that several subcommands share.

namespace ravine::apps {

/// How data are read and divided.
struct DataChoice {
  std::string target;
  std::vector<std::string> drop = {};
  double test_fraction = data::LoadOptions{}.test_fraction;
  data::Missing missing = data::Missing::error;
  std::optional<data::Task> task;
};

void declare(Options& options, DataChoice& choice);
/// A linear or logistic model settles the task that the data may leave open.
data::LoadOptions load_options(const DataChoice& choice, train::ModelKind model,
                               const Common& common);

struct ModelChoice {
  train::ModelKind kind = train::ModelKind::mlp;
  std::optional<std::vector<std::size_t>> hidden;
  Activation activation = Activation::relu;
};

void declare(Options& options, ModelChoice& choice);
/// The widths asked for, or what an mlp has by default.
std::vector<std::size_t> hidden_layers(const ModelChoice& choice);

struct OptimizerChoice {
  optim::Spec spec;
  std::optional<double> lr = {};
  std::vector<optim::Setting> set = {};
};

void declare(Options& options, OptimizerChoice& choice);
/// All that is set, the more particular later.
optim::Settings settings_of(const OptimizerChoice& choice);

/// Hyper-parameters for some parameters alone.
void declare(Options& options, optim::Groups& groups);
/// How training goes on around the optimizer's rule.
void declare(Options& options, train::FitOptions& fit);

}  // namespace ravine::apps
