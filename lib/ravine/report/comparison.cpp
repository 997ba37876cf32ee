#include "ravine/report/comparison.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ravine/report/around_the_rule.hpp"
#include "ravine/report/json_parts.hpp"
#include "ravine/report/number.hpp"
#include "ravine/report/optimizers.hpp"
#include "ravine/report/run_text.hpp"
#include "ravine/report/table.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/version.hpp"

namespace ravine::report {
namespace {

using Json = nlohmann::ordered_json;
using compare::Comparison;
using compare::Standing;

bool of_classes(const Comparison& comparison) {
  return comparison.task == data::Task::classification;
}

const char* metric_name(const Comparison& comparison) {
  return of_classes(comparison) ? "accuracy" : "rmse";
}

std::string metric_text(const Comparison& comparison, double value) {
  return of_classes(comparison) ? fixed(value, 4) : significant(value, 4);
}

std::string summary_text(const Comparison& comparison, const compare::Summary& summary) {
  const std::string mean = metric_text(comparison, summary.mean);
  return summary.n < 2 ? mean : mean + " ± " + metric_text(comparison, summary.std);
}

/// The rule's name where it is the only one of that rule, else the spec.
std::string shown_name(const Comparison& comparison, const Standing& standing) {
  const std::string& rule = standing.contender.name;
  const auto of_rule = [&](const Standing& other) { return other.contender.name == rule; };
  return std::ranges::count_if(comparison.standings, of_rule) == 1 ? rule
                                                                   : text(standing.contender);
}

/// The standing with the best mean among those that finished all their runs: what is left of an
/// optimizer that diverges on some seeds are its lucky ones.
const Standing* best_of(const Comparison& comparison) {
  const Standing* best = nullptr;
  for (const Standing& standing : comparison.standings) {
    if (!standing.test_metric || standing.diverged != 0) continue;
    const bool better =
        best == nullptr ||
        (of_classes(comparison) ? standing.test_metric->mean > best->test_metric->mean
                                : standing.test_metric->mean < best->test_metric->mean);
    if (better) best = &standing;
  }
  return best;
}

std::string sentence(const Comparison& comparison) {
  const Standing* best = best_of(comparison);
  if (best == nullptr) return text(comparison.dataset, ": no optimizer finished all its runs");
  return text(comparison.dataset, ": the best mean test ", metric_name(comparison), " is that of ",
              shown_name(comparison, *best), ", ", summary_text(comparison, *best->test_metric),
              " over ", best->test_metric->n, best->test_metric->n == 1 ? " seed" : " seeds");
}

constexpr const char* untuned =
    "every optimizer ran at the hyper-parameters shown and otherwise at its defaults, none of them "
    "tuned to these data";

std::vector<std::string> table_row(const Comparison& comparison, const Standing& standing) {
  return {shown_name(comparison, standing),
          standing.test_metric ? summary_text(comparison, *standing.test_metric) : "-",
          text(standing.runs.size() - standing.diverged, "/", standing.runs.size()),
          standing.step_seconds ? fixed(1e6 * *standing.step_seconds, 1) : "-",
          std::to_string(standing.state_bytes_per_parameter),
          settings_text(standing.contender.name, standing.settings)};
}

Json summary_json(const std::optional<compare::Summary>& summary) {
  if (!summary) return {{"mean", nullptr}, {"std", nullptr}, {"n", 0}};
  return {{"mean", summary->mean}, {"std", summary->std}, {"n", summary->n}};
}

Json run_entry(const Comparison& comparison, const compare::Run& run) {
  Json entry{{"seed", run.seed}, {"status", train::name_of(run.status)}};
  if (!run.reason.empty()) entry["reason"] = run.reason;
  Json metric = nullptr;
  if (run.test) metric = of_classes(comparison) ? *run.test->accuracy : *run.test->rmse;
  entry[text("test_", metric_name(comparison))] = metric;
  entry["steps"] = run.steps;
  entry["seconds"] = run.seconds;
  return entry;
}

Json standing_entry(const Comparison& comparison, const Standing& standing) {
  Json settings = Json::object();
  add_settings(settings, standing.settings);
  Json entry{{"name", text(standing.contender)},
             {"default",
              {{"hyperparameters", settings},
               {text("test_", metric_name(comparison)), summary_json(standing.test_metric)}}},
             {"diverged", standing.diverged},
             {"step_seconds", standing.step_seconds ? Json(*standing.step_seconds) : Json(nullptr)},
             {"state_bytes_per_parameter", standing.state_bytes_per_parameter},
             {"runs", Json::array()}};
  for (const compare::Run& run : standing.runs) entry["runs"].push_back(run_entry(comparison, run));
  return entry;
}

Json protocol_entry(const compare::Options& options) {
  Json entry{{"model", train::name_of(options.model)},
             {"activation", ravine::name_of(options.activation)},
             {"seeds", options.seeds},
             {"first_seed", options.fit.seed},
             {"groups", groups_json<Json>(options.groups)}};
  add_fit_options(entry, options.fit);
  return entry;
}

Json comparison_entry(const Comparison& comparison) {
  Json entry{{"name", comparison.dataset},         {"task", data::name_of(comparison.task)},
             {"train", comparison.train_examples}, {"test", comparison.test_examples},
             {"layers", comparison.layers},        {"optimizers", Json::array()}};
  for (const Standing& standing : comparison.standings)
    entry["optimizers"].push_back(standing_entry(comparison, standing));
  return entry;
}

}  // namespace

std::string comparison_text(const Comparison& comparison, const compare::Options& options) {
  Table table{.columns = {{"optimizer"},
                          {text("test ", metric_name(comparison))},
                          {"finished", Align::right},
                          {"µs/step", Align::right},
                          {"state bytes/parameter", Align::right},
                          {"hyper-parameters"}},
              .rows = {}};
  for (const Standing& standing : comparison.standings)
    table.rows.push_back(table_row(comparison, standing));
  const std::string around = around_text(options.groups, options.fit);
  return text(comparison.dataset, ": ", grouped(comparison.train_examples), " training, ",
              grouped(comparison.test_examples), " test examples; ", train::name_of(options.model),
              " ", joined(comparison.layers, "-"), "; ", options.fit.epochs,
              options.fit.epochs == 1 ? " epoch" : " epochs",
              options.fit.accumulate == 1 ? " of " : " in steps of ", batches_text(options.fit),
              "; ", options.seeds, options.seeds == 1 ? " seed\n" : " seeds\n",
              around.empty() ? "" : "all with " + around + "\n", "\n", aligned(table), "\n",
              sentence(comparison), options.seeds == 1 ? ";\n" : " (± standard deviation);\n",
              untuned, "\n");
}

std::string comparisons_json(std::span<const Comparison> comparisons,
                             const compare::Options& options, const Environment& environment) {
  Json data = Json::array();
  std::vector<std::string> sentences;
  for (const Comparison& comparison : comparisons) {
    data.push_back(comparison_entry(comparison));
    sentences.push_back(sentence(comparison));
  }
  sentences.emplace_back(untuned);
  return document(Json{{"command", "compare"},
                       {"version", version},
                       {"protocol", protocol_entry(options)},
                       {"environment",
                        {{"cpu", environment.cpu},
                         {"blas", blas_json<Json>(environment)},
                         {"simd", environment.simd},
                         {"threads", environment.threads}}},
                       {"data", data},
                       {"summary", joined(sentences, "; ")}});
}

std::string run_line(const std::string& dataset, const compare::Contender& contender,
                     const compare::Run& run) {
  const std::string end = run.test ? metrics_text(*run.test) : run.reason;
  return text(dataset, "  ", contender, "  seed ", run.seed, "  ", significant(run.seconds, 3),
              " s  ", end);
}

}  // namespace ravine::report
