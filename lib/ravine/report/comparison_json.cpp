#include "ravine/report/comparison_json.hpp"

#include <nlohmann/json.hpp>

#include "ravine/compare/target.hpp"
#include "ravine/optim/common_fields.hpp"
#include "ravine/report/comparison_numbers.hpp"
#include "ravine/report/comparison_request.hpp"
#include "ravine/report/comparison_words.hpp"
#include "ravine/tensor/version.hpp"

namespace ravine::report {
namespace {

using Json = nlohmann::ordered_json;
using compare::Comparison;
using compare::Standing;

std::string test_name(const Comparison& comparison) {
  return text("test_", comparison.metric.name);
}
std::string validation_name(const Comparison& comparison) {
  return text("validation_", comparison.metric.name);
}

Json settings_json(const optim::Settings& settings) {
  Json json = Json::object();
  add_settings(json, settings);
  return json;
}

Json interval_json(const std::optional<compare::Interval>& interval) {
  return interval ? Json{interval->low, interval->high} : Json(nullptr);
}

Json summary_json(const std::optional<compare::Summary>& summary) {
  if (!summary) return {{"mean", nullptr}, {"std", nullptr}, {"ci95", nullptr}, {"n", 0}};
  return {{"mean", summary->mean},
          {"std", summary->n > 1 ? Json(summary->std) : Json(nullptr)},
          {"ci95", interval_json(summary->ci95)},
          {"n", summary->n}};
}

Json times_json(const compare::TimeToTarget& times) {
  return {{"median", or_null<Json>(times.median)}, {"reached", times.reached}, {"of", times.of}};
}

Json widened_json(const std::vector<compare::Widening>& widenings) {
  Json json = Json::array();
  for (const auto& [field, low, high, trials] : widenings)
    json.push_back({{"field", field}, {"low", low}, {"high", high}, {"trials", trials}});
  return json;
}

Json budget_json(const Comparison& comparison, const Standing& standing) {
  Json json = Json::array();
  for (const auto& [trials, metric] : standing.budget) {
    const Json summary = summary_json(metric);
    json.push_back({{"trials", trials},
                    {test_name(comparison), summary["mean"]},
                    {"std", summary["std"]},
                    {"ci95", summary["ci95"]},
                    {"n", summary["n"]}});
  }
  return json;
}

Json trials_json(const Comparison& comparison, const Standing& standing) {
  Json json = Json::array();
  for (const compare::TrialResult& trial : standing.trials)
    json.push_back({{std::string(optim::lr_name), or_null<Json>(trial.lr)},
                    {"hyperparameters", settings_json(trial.point)},
                    {"status", train::name_of(trial.status)},
                    {validation_name(comparison), or_null<Json>(trial.validation_metric)}});
  return json;
}

Json band_json(const compare::Band& band) { return Json{band.low, band.median, band.high}; }

Json curve_json(const Comparison& comparison, const Standing& standing) {
  Json json = Json::array();
  for (const compare::CurvePoint& point : standing.curve)
    json.push_back({{"epoch", point.epoch},
                    {"steps", point.steps},
                    {"seconds", point.seconds},
                    {"n", point.n},
                    {"train_loss", band_json(point.train_loss)},
                    {"validation_loss", band_json(point.validation_loss)},
                    {validation_name(comparison), band_json(point.validation_metric)}});
  return json;
}

Json run_json(const Comparison& comparison, const compare::Options& options,
              const compare::Run& run) {
  Json json{{"seed", run.key.seed}, {"status", train::name_of(run.status)}};
  if (!run.reason.empty()) json["reason"] = run.reason;
  json[test_name(comparison)] = run.end ? Json(run.end->test_metric) : Json(nullptr);
  json["test_loss"] = run.end ? Json(run.end->test_loss) : Json(nullptr);
  json["train_loss"] = run.end ? Json(run.end->train_loss) : Json(nullptr);
  json["steps"] = run.steps;
  json["seconds"] = run.seconds;
  const auto epochs = compare::epoch_of_target(run, comparison.metric, comparison.target);
  const std::size_t epoch_steps =
      train::steps_per_epoch(comparison.facts.train_examples, options.fit);
  json["steps_to_target"] = epochs ? Json(*epochs * epoch_steps) : Json(nullptr);
  json["epochs_to_target"] = epochs ? Json(*epochs) : Json(nullptr);
  json["seconds_to_target"] = epochs ? Json(run.epochs[*epochs - 1].seconds) : Json(nullptr);
  return json;
}

Json runs_json(const Comparison& comparison, const compare::Options& options,
               const Standing& standing) {
  Json json = Json::array();
  if (standing.tuned)
    for (const compare::Run* run : standing.tuned->runs)
      json.push_back(run_json(comparison, options, *run));
  return json;
}

Json standing_json(const Comparison& comparison, const compare::Options& options,
                   const Standing& standing) {
  const auto& [contender, tuned, defaults] =
      std::tie(standing.contender, standing.tuned, standing.defaults);
  const std::string test = test_name(comparison);
  return {{"name", text(contender)},
          {"rule", contender.name},
          {"tuned", tuned ? settings_json(tuned->settings) : Json(nullptr)},
          {"at_edge", standing.at_edge},
          {"selected_validation", or_null<Json>(standing.selected_validation)},
          {"fresh_validation", summary_json(tuned ? tuned->validation_metric : std::nullopt)},
          {"lucky", standing.lucky},
          {"space", space_json<Json>(standing.space)},
          {"widened", widened_json(standing.widenings)},
          {test, summary_json(tuned ? tuned->test_metric : std::nullopt)},
          {"train_loss", summary_json(tuned ? tuned->train_loss : std::nullopt)},
          {"default",
           {{"hyperparameters", settings_json(defaults.settings)},
            {test, summary_json(defaults.test_metric)},
            {"train_loss", summary_json(defaults.train_loss)},
            {"diverged", defaults.diverged}}},
          {"epochs_to_target", times_json(standing.epochs_to_target)},
          {"steps_to_target", times_json(standing.steps_to_target)},
          {"seconds_to_target", times_json(standing.seconds_to_target)},
          {"diverged", tuned ? tuned->diverged : 0},
          {"diverged_trials", standing.diverged_trials},
          {"stopped_trials", standing.stopped_trials},
          {"step_seconds", or_null<Json>(standing.step_seconds)},
          {"state_bytes_per_parameter", standing.state_bytes_per_parameter},
          {"lr_width_decades", or_null<Json>(standing.lr_width_decades)},
          {"budget", budget_json(comparison, standing)},
          {"trials", trials_json(comparison, standing)},
          {"curve", curve_json(comparison, standing)},
          {"runs", runs_json(comparison, options, standing)}};
}

Json pairs_json(const Comparison& comparison) {
  const auto name = [&](std::size_t i) { return text(comparison.standings[i].contender); };
  Json json = Json::array();
  for (const auto& [a, b, difference] : comparison.pairs)
    json.push_back({{"a", name(a)},
                    {"b", name(b)},
                    {"difference", difference.mean},
                    {"ci95", interval_json(difference.ci95)},
                    {"n", difference.n},
                    {"beyond_noise", difference.beyond_noise()}});
  return json;
}

Json target_json(const Comparison& comparison, const compare::Options& options) {
  return {{"metric", validation_name(comparison)},
          {"value", or_null<Json>(comparison.target)},
          {"derived", !compare::asked_target(options, comparison.metric).has_value()}};
}

Json comparison_json(const Comparison& comparison, const Results& results) {
  const compare::Options& options = results.options;
  Json json = facts_json<Json>(comparison.facts);
  json["target"] = target_json(comparison, options);
  json["decimals"] = decimals_of(comparison);
  json["optimizers"] = Json::array();
  for (const Standing& standing : comparison.standings)
    json["optimizers"].push_back(standing_json(comparison, options, standing));
  json["pairs"] = pairs_json(comparison);
  json["best"] = comparison.best ? Json(text(comparison.standings[*comparison.best].contender))
                                 : Json(nullptr);
  json["summary"] = joined(words_on(comparison, results), "\n");
  return json;
}

/// What all datasets have in common; null where each has its own.
Json common_target_json(const Results& results) {
  Json target = target_json(results.comparisons.front(), results.options);
  for (const Comparison& comparison : results.comparisons) {
    const Json its = target_json(comparison, results.options);
    for (const char* name : {"metric", "value", "derived"})
      if (its[name] != target[name]) target[name] = nullptr;
  }
  // Those that follow from the runs can only be equal by chance.
  if (results.comparisons.size() > 1 && target["derived"] == true) target["value"] = nullptr;
  return target;
}

Json profiles_json(const Results& results) {
  Json json = Json::array();
  for (std::size_t i = 0; i < results.profiles.size(); ++i)
    json.push_back({{"optimizer", text(results.options.contenders[i])},
                    {"factor", results.profiles[i].factor},
                    {"share", results.profiles[i].share}});
  return json;
}

}  // namespace

std::string comparison_json(const Results& results) {
  Json protocol = request_json<Json>(results.options);
  protocol["target"] = common_target_json(results);
  Json data = Json::array();
  for (const Comparison& comparison : results.comparisons)
    data.push_back(comparison_json(comparison, results));
  const Environment& environment = results.environment;
  return document(Json{{"command", "compare"},
                       {"version", version},
                       {"protocol", protocol},
                       {"environment",
                        {{"cpu", environment.cpu},
                         {"blas", blas_json<Json>(environment)},
                         {"simd", environment.simd},
                         {"threads", environment.threads},
                         {"jobs", results.jobs}}},
                       {"data", data},
                       {"profiles", profiles_json(results)},
                       {"summary", joined(words_on(results), "\n")}});
}

}  // namespace ravine::report
