#include "choices.hpp"

#include "ravine/optim/common_fields.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::apps {
namespace {

const std::vector<std::size_t> default_hidden{64};

}  // namespace

void declare(Options& options, DataChoice& choice) {
  options.value("--target", "COLUMN", choice.target,
                "what is predicted: a column's name or its index from 0 (the last)");
  options.value("--drop", "COLUMN,...", choice.drop,
                "columns of a table to leave out, by name or index from 0 (none)");
  options.value("--test-fraction", "X", choice.test_fraction,
                "share of the examples to test on, where the data have no test part");
  options.value("--missing", "HOW", choice.missing,
                "cells without a value: error, drop (the example), mean (of the column)");
  options.value("--task", "TASK", choice.task,
                "regression or classification (told from the target)");
}

data::LoadOptions load_options(const DataChoice& choice, train::ModelKind model,
                               const Common& common) {
  std::optional<data::Task> task = choice.task;
  if (!task && model == train::ModelKind::linear) task = data::Task::regression;
  if (!task && model == train::ModelKind::logistic) task = data::Task::classification;
  return {.data_dir = common.data_dir,
          .target = choice.target,
          .drop = choice.drop,
          .test_fraction = choice.test_fraction,
          .seed = common.seed.value_or(default_seed),
          .missing = choice.missing,
          .task = task,
          .task_from = choice.task ? data::TaskFrom::user : data::TaskFrom::model};
}

void declare(Options& options, ModelChoice& choice) {
  options.value("--model", "KIND", choice.kind,
                "linear (predicts a number), logistic (classes) or mlp (either)");
  options.value("--hidden", "N,...", choice.hidden,
                text("widths of the hidden layers of an mlp (", joined(default_hidden, ","), ")"));
  options.value("--activation", "NAME", choice.activation,
                text("between the layers: ", joined(activation_names())));
}

std::vector<std::size_t> hidden_layers(const ModelChoice& choice) {
  if (!choice.hidden)
    return choice.kind == train::ModelKind::mlp ? default_hidden : std::vector<std::size_t>{};
  for (const std::size_t width : *choice.hidden)
    if (width == 0) throw InputError("--hidden: a layer's width must be at least 1, 0 was given");
  return *choice.hidden;
}

void declare(Options& options, OptimizerChoice& choice) {
  options.value("--optimizer", "NAME[:SETTING,...]", choice.spec,
                "see `ravine optimizers`; as in adam:lr=1e-3,beta2=0.99");
  options.value("--lr", "X", choice.lr, "learning rate (the optimizer's own default)");
  options.repeated("--set", "NAME=VALUE", choice.set,
                   "a hyper-parameter (see `ravine optimizers NAME` for them and their defaults)");
}

optim::Settings settings_of(const OptimizerChoice& choice) {
  optim::Settings settings = choice.spec.settings;
  if (choice.lr) settings.push_back({std::string(optim::lr_name), *choice.lr});
  settings.insert(settings.end(), choice.set.begin(), choice.set.end());
  return settings;
}

void declare(Options& options, optim::Groups& groups) {
  options.repeated("--group", "PATTERN:SETTING,...", groups,
                   "hyper-parameters of the parameters so named, as in *.bias:weight_decay=0");
}

void declare(Options& options, train::FitOptions& fit) {
  options.count("--epochs", fit.epochs, "times through the training part");
  options.count("--batch-size", fit.batch_size, "examples a step");
  options.count("--accumulate", fit.accumulate, "batches whose gradients make one step");
  options.value("--schedule", "SPEC", fit.schedule,
                "of the learning rate, see `ravine schedules`; as in warmup:500+cosine (constant)");
  options.value("--momentum-schedule", "SPEC", fit.momentum_schedule, "of the momentum (constant)");
  options.value("--schedule-unit", "UNIT", fit.schedule_unit,
                "what schedules count, and how often they change: step or epoch");
  options.value("--clip-norm", "X", fit.clip_norm,
                "scale gradients down to this norm of all together (no limit)");
  options.value("--clip-value", "X", fit.clip_value,
                "bring each element of the gradients into [-X, X] (no limit)");
  options.value("--average", "SPEC", fit.average,
                "judge and keep an average of the weights: ema:0.999 or polyak:start=100 (none)");
}

}  // namespace ravine::apps
