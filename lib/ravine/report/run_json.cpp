#include "ravine/report/run_json.hpp"

#include <nlohmann/json.hpp>

#include "ravine/optim/common_fields.hpp"
#include "ravine/report/json_parts.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/version.hpp"

namespace ravine::report {
namespace {

using Json = nlohmann::ordered_json;

/// Adds test_loss and what else tells of the task, or the same names with null.
void add_metrics(Json& object, const std::string& part,
                 const std::optional<train::Metrics>& metrics, data::Task task) {
  const auto add = [&](const char* name, const std::optional<double>& number) {
    object[part + "_" + name] = or_null<Json>(number);
  };
  const train::Metrics known = metrics.value_or(train::Metrics{});
  add("loss", metrics ? std::optional(known.loss) : std::nullopt);
  if (task == data::Task::classification) {
    add("accuracy", known.accuracy);
  } else {
    add("rmse", known.rmse);
    add("r2", known.r2);
  }
}

Json epoch_entry(const train::EpochReport& epoch, data::Task task) {
  Json entry{{"epoch", epoch.epoch}, {"train_loss", epoch.train_loss}};
  add_metrics(entry, "validation", epoch.validation, task);
  add_metrics(entry, "test", epoch.test, task);
  entry[std::string(optim::lr_name)] = epoch.lr;
  entry["seconds"] = epoch.seconds;
  entry["examples_per_second"] = epoch.examples_per_second;
  return entry;
}

Json data_entry(const DataFacts& data) {
  return {{"name", data.name},         {"task", data::name_of(data.task)},
          {"features", data.features}, {"classes", data.classes},
          {"train", data.train},       {"validation", data.validation},
          {"test", data.test}};
}

Json model_entry(const Run& run) {
  return {{"kind", train::name_of(run.architecture.kind)},
          {"layers", run.architecture.layers},
          {"activation", ravine::name_of(run.architecture.activation)},
          {"parameters", run.parameters}};
}

Json options_entry(const Run& run) {
  Json task = nullptr;
  if (run.load.task) task = data::name_of(*run.load.task);
  Json options{{"data", run.source},
               {"data_dir", run.load.data_dir.string()},
               {"target", run.load.target},
               {"drop", run.load.drop},
               {"task", task},
               {"missing", data::name_of(run.load.missing)},
               {"test_fraction", run.load.test_fraction},
               {"validation", run.validation_fraction}};
  add_fit_options(options, run.fit);
  options["seed"] = run.fit.seed;
  options["threads"] = run.environment.threads;
  return options;
}

Json final_entry(const Outcome& outcome, data::Task task) {
  const train::FitResult& fit = outcome.fit;
  Json entry{{"status", train::name_of(fit.status)}};
  if (!fit.reason.empty()) entry["reason"] = fit.reason;
  const bool known = fit.status != train::Status::diverged && !fit.epochs.empty();
  entry["train_loss"] = known ? Json(fit.epochs.back().train_loss) : Json(nullptr);
  add_metrics(entry, "test", outcome.test, task);
  entry["steps"] = fit.steps;
  entry["seconds"] = fit.seconds;
  return entry;
}

Json head(const Run& run) {
  Json optimizer{{"name", run.optimizer}};
  add_settings(optimizer, run.settings);
  if (!run.groups.empty()) optimizer["groups"] = groups_json<Json>(run.groups);
  return {{"command", "train"},
          {"version", version},
          {"data", data_entry(run.data)},
          {"model", model_entry(run)},
          {"optimizer", optimizer},
          {"seed", run.fit.seed},
          {"threads", run.environment.threads},
          {"blas", blas_json<Json>(run.environment)},
          {"simd", run.environment.simd}};
}

}  // namespace

std::string train_json(const Run& run, const Outcome& outcome) {
  Json json = head(run);
  add_fit_options(json["options"], run.fit);
  json["epochs"] = Json::array();
  for (const train::EpochReport& epoch : outcome.fit.epochs)
    json["epochs"].push_back(epoch_entry(epoch, run.data.task));
  json["final"] = final_entry(outcome, run.data.task);
  json["out"] = run.out ? Json(run.out->string()) : Json(nullptr);
  return document(json);
}

std::string run_json(const Run& run, const std::optional<Outcome>& outcome) {
  Json json = head(run);
  json["cpu"] = run.environment.cpu;
  json["options"] = options_entry(run);
  if (outcome) json["final"] = final_entry(*outcome, run.data.task);
  return document(json);
}

std::string epoch_json(const train::EpochReport& epoch, data::Task task) {
  return document(epoch_entry(epoch, task));
}

std::string evaluate_json(const data::Dataset& dataset, const train::Metrics& metrics) {
  Json json{{"command", "evaluate"},
            {"version", version},
            {"data", {{"name", dataset.name}, {"task", data::name_of(dataset.task)}}},
            {"examples", dataset.size()}};
  add_metrics(json, "test", metrics, dataset.task);
  return document(json);
}

}  // namespace ravine::report
