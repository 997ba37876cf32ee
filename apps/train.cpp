#include <algorithm>
#include <memory>

#include "choices.hpp"
#include "compute.hpp"
#include "interrupt.hpp"
#include "log.hpp"
#include "output.hpp"
#include "progress.hpp"
#include "ravine/optim/make.hpp"
#include "ravine/report/run_folder.hpp"
#include "ravine/report/run_json.hpp"
#include "ravine/report/run_text.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/train/model_file.hpp"
#include "subcommands.hpp"

namespace ravine::apps {
namespace {

struct TrainOptions {
  std::string data;
  DataChoice reading;
  ModelChoice model;
  OptimizerChoice optimizer{.spec = {.name = "adam"}};
  optim::Groups groups;
  train::FitOptions fit;
  double validation = 0;
  std::filesystem::path out;
};

void declare_train(Options& options, TrainOptions& train) {
  options.value("--data", "NAME|FILE", train.data,
                "a dataset (`ravine data list`), CSV or TSV, IDX or NPY, gzipped or not",
                Need::required);
  declare(options, train.model);
  declare(options, train.optimizer);
  declare(options, train.groups);
  declare(options, train.fit);
  options.value("--validation", "X", train.validation,
                "share of the training part to set aside for validation");
  declare(options, train.reading);
  options.value("--out", "DIR", train.out,
                "folder for model.safetensors, metrics.jsonl and run.json (nothing is written)");
}

/// 128 and the signal's number is what a shell reports of a program that a signal ended.
int status_of(const train::FitResult& result) {
  switch (result.status) {
    case train::Status::finished:
      return 0;
    case train::Status::stopped:
      return 128 + interruption();
    case train::Status::diverged:
      break;
  }
  return 1;
}

train::FitResult fit_with_progress(train::Model& model, const train::Prepared& data,
                                   optim::Optimizer<float>& optimizer, const report::Run& run,
                                   report::RunFolder* folder, bool quiet) {
  Progress progress(quiet, run.fit.epochs, data.train.size());
  catch_interrupts();
  return train::fit(model, data, optimizer, run.fit,
                    {.on_step =
                         [&](const train::StepReport& step) {
                           progress.step(step);
                           return interruption() == 0;
                         },
                     .on_epoch =
                         [&](const train::EpochReport& epoch) {
                           progress.epoch(epoch);
                           if (folder != nullptr)
                             folder->add_metrics(report::epoch_json(epoch, run.data.task));
                           return true;
                         }});
}

/// Of the model as it is in the end, which a stopped run leaves in the middle of an epoch.
std::optional<train::Metrics> final_metrics(const train::FitResult& result, train::Model& model,
                                            const data::Dataset& test) {
  if (result.status == train::Status::diverged) return {};
  if (result.status == train::Status::finished) return result.epochs.back().test;
  return train::evaluate(model, test);
}

/// A run can end far from any solution with numbers that are still finite. One whose last epoch is
/// its best may only have been too short.
void warn_of_a_high_loss(const train::FitResult& result, const data::Dataset& prepared) {
  if (result.status != train::Status::finished) return;
  const double loss = result.epochs.back().train_loss;
  const double constant = train::loss_of_a_constant(prepared);
  const double best =
      std::ranges::min(result.epochs, {}, &train::EpochReport::train_loss).train_loss;
  if (loss > constant && loss > best)
    log::warning(text("the training loss at the end, ", loss, ", is above that of a constant ",
                      "prediction, ", constant, " (try a smaller learning rate)"));
}

int run_train(const TrainOptions& options, const Common& common) {
  const std::uint64_t seed = common.seed.value_or(default_seed);
  const report::Environment environment = start_compute(common);
  const data::LoadOptions load = load_options(options.reading, options.model.kind, common);
  const data::TrainTest parts = data::load(options.data, load);
  const train::Prepared data = train::prepare(parts, options.validation, seed);
  train::Model model = train::make_model(options.model.kind, hidden_layers(options.model),
                                         options.model.activation, data, seed);
  const auto optimizer = optim::make(options.optimizer.spec.name, model.network.parameters(),
                                     settings_of(options.optimizer), options.groups);

  report::Run run{.source = options.data,
                  .load = load,
                  .validation_fraction = options.validation,
                  .data = report::facts_of(data),
                  .architecture = model.architecture,
                  .parameters = model.network.parameter_count(),
                  .optimizer = std::string(optimizer->name()),
                  .settings = optimizer->hyperparameters(),
                  .groups = options.groups,
                  .fit = options.fit,
                  .environment = environment,
                  .out = {}};
  run.fit.seed = seed;
  train::check(run.fit, *optimizer, data);  // before there is a folder
  std::optional<report::RunFolder> folder;
  if (!options.out.empty()) {
    run.out = options.out;
    folder.emplace(options.out, report::run_json(run, {}));
  }

  report::Outcome outcome{.fit = fit_with_progress(model, data, *optimizer, run,
                                                   folder ? &*folder : nullptr, common.quiet),
                          .test = {}};
  outcome.test = final_metrics(outcome.fit, model, parts.test);
  const bool diverged = outcome.fit.status == train::Status::diverged;
  if (folder) {
    if (!diverged) train::save_model(model, folder->model());
    folder->set_run(report::run_json(run, outcome));
  }
  if (common.json)
    print(report::train_json(run, outcome));
  else if (!diverged)
    print(report::train_text(run, outcome));
  if (diverged) log::error(outcome.fit.reason);
  warn_of_a_high_loss(outcome.fit, data.train);
  return status_of(outcome.fit);
}

}  // namespace

Subcommand train_subcommand(const Common& common) {
  const auto options = std::make_shared<TrainOptions>();
  return {.name = "train",
          .summary = "Train a model",
          .declare = [options](Options& declared) { declare_train(declared, *options); },
          .run = [options, &common] { return run_train(*options, common); }};
}

}  // namespace ravine::apps
