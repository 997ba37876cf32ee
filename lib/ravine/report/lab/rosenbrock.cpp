#include "ravine/report/lab/rosenbrock.hpp"

#include <nlohmann/json.hpp>

#include "ravine/report/json_parts.hpp"
#include "ravine/report/lab/rosenbrock_figures.hpp"
#include "ravine/report/lab/rosenbrock_runs.hpp"
#include "ravine/report/lab/rosenbrock_words.hpp"
#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/version.hpp"

namespace ravine::report {
namespace {

using Json = nlohmann::ordered_json;
using lab::Rosenbrock;
using lab::RosenbrockRun;

const char* name_of(lab::Choice choice) {
  switch (choice) {
    case lab::Choice::theory:
      return "theory";
    case lab::Choice::search:
      return "search";
    case lab::Choice::defaults:
      break;
  }
  return "defaults";
}

std::string class_of(const lab::FirstOrder& kind) {
  if (kind.linear) return "linear";
  return kind.diagonal ? "outside, diagonal" : "outside";
}

std::string words_for(const optim::Settings& settings) {
  std::vector<std::string> parts;
  for (const auto& [name, value] : settings)
    parts.push_back(text(name, "=", significant(value.number())));
  return parts.empty() ? "–" : joined(parts, " ");
}

Table method_table(const Rosenbrock& result) {
  Table table{.columns = {{"rule"},
                          {"class"},
                          {"settings"},
                          {"chosen by"},
                          {"gradients", Align::right},
                          {"error", Align::right},
                          {"times bound", Align::right},
                          {"beats bound by steps"}},
              .rows = {}};
  for (const RosenbrockRun& run : result.runs) {
    const auto times = times_bound(result, run);
    table.rows.push_back({run.name, class_of(run.kind), words_for(run.settings),
                          name_of(run.choice), grouped(run.gradients.back()),
                          run.diverged ? "diverged" : significant(last_error(result, run)),
                          times ? significant(*times) : "–", run.beats_bound ? "yes" : "no"});
  }
  return table;
}

Table csv_table(const Rosenbrock& result) {
  Table csv{.columns = {{"step"}, {"lower_bound"}}, .rows = {}};
  for (const RosenbrockRun& run : result.runs) csv.columns.push_back({run.name});
  for (std::size_t k = 0; k <= result.options.steps; ++k) {
    std::vector<std::string> row{std::to_string(k), exact(result.lower_bound[k])};
    for (const RosenbrockRun& run : result.runs)
      row.push_back(k < run.error.size() ? exact(run.error[k]) : "");
    csv.rows.push_back(std::move(row));
  }
  return csv;
}

Json method_json(const RosenbrockRun& run) {
  Json settings = Json::object();
  add_settings(settings, run.settings);
  return {{"name", run.name},
          {"linear_first_order", run.kind.linear},
          {"diagonal", run.kind.diagonal},
          {"settings", settings},
          {"chosen_by", name_of(run.choice)},
          {"error", run.error},
          {"gradients", run.gradients},
          {"diverged", run.diverged},
          {"beats_bound", run.beats_bound},
          {"beats_bound_per_gradient", run.beats_bound_per_gradient}};
}

std::string json_document(const Rosenbrock& result) {
  const auto& [kappa, n] = result.options.function;
  Json methods = Json::array();
  for (const RosenbrockRun& run : result.runs) methods.push_back(method_json(run));
  return document(Json{{"command", "lab rosenbrock"},
                       {"version", version},
                       {"kappa", kappa},
                       {"n", n},
                       {"steps", result.options.steps},
                       {"condition_number", result.condition_number},
                       {"norm", "max"},
                       {"minimiser", lab::minimiser(result.options.function)},
                       {"lower_bound", result.lower_bound},
                       {"methods", methods}});
}

}  // namespace

Exhibit rosenbrock_exhibit(const Rosenbrock& result) {
  const auto& [kappa, n] = result.options.function;
  return {.title = "The limit of first-order methods",
          .findings = rosenbrock_words(result),
          .tables = {{text("Convex Rosenbrock, κ ", significant(kappa), ", n ", n, ", ",
                           counted(result.options.steps, "step"), " from 0, lower bound ",
                           significant(result.lower_bound.back())),
                      method_table(result)}},
          .json = json_document(result),
          .csv = csv_table(result),
          .figures = rosenbrock_figures(result)};
}

}  // namespace ravine::report
