#include "ravine/report/lab/quadratic.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

#include "ravine/lab/measured_rate.hpp"
#include "ravine/lab/modes.hpp"
#include "ravine/optim/common_fields.hpp"
#include "ravine/report/json_parts.hpp"
#include "ravine/report/lab/quadratic_figures.hpp"
#include "ravine/report/lab/settings_words.hpp"
#include "ravine/report/lab/spread.hpp"
#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/version.hpp"

namespace ravine::report {
namespace {

using Json = nlohmann::ordered_json;
using lab::Quadratic;
using lab::QuadraticComponent;

/// Below, a rate is the rounding of 0.
constexpr double least_rate = 1e-12;

std::string rate_text(double rate) { return rate < least_rate ? "0" : factor_text(rate); }
std::string rate_text(const std::optional<double>& rate) { return rate ? rate_text(*rate) : "–"; }

using Shares = std::vector<double> QuadraticComponent::*;

double error_at(const Quadratic& result, Shares shares, std::size_t k) {
  double error = 0;
  for (const QuadraticComponent& component : result.components) error += (component.*shares)[k];
  return error;
}

std::size_t last_step(const Quadratic& result) { return result.run.points.size() - 1; }

std::string steps_text(double rate) {
  const double steps = lab::steps_to_a_tenth(rate);
  return std::isfinite(steps) ? significant(steps) : "never";
}

Table settings_table(const Quadratic& result) {
  Table table{.columns = {{""},
                          {"learning rate", Align::right},
                          {std::string(optim::momentum_name), Align::right},
                          {"rate", Align::right},
                          {"steps to a tenth", Align::right}},
              .rows = {}};
  const auto add = [&](const char* name, const lab::MomentumSettings& settings, double rate) {
    table.rows.push_back({name, significant(settings.lr), significant(settings.momentum),
                          rate_text(rate), steps_text(rate)});
  };
  add("best gradient descent", result.descent.settings, result.descent.rate);
  add("best momentum", result.momentum.settings, result.momentum.rate);
  add("this run, predicted", result.settings, result.predicted_rate);
  if (result.measured_rate) add("this run, measured", result.settings, *result.measured_rate);
  return table;
}

constexpr const char* rounding_label = "rounding";

/// Whether the run's position is another than the closed form's in the end, and still as near to it
/// as rounding lets it be.
bool is_rounding(const Quadratic& result, const QuadraticComponent& component) {
  constexpr double rounding = 1e-9;  // of w's size
  constexpr double other = 0.01;     // of the share
  const std::size_t last = last_step(result);
  const double predicted = component.share[last];
  const double measured = component.measured_share[last];
  return result.max_closed_form_error < rounding &&
         std::abs(measured - predicted) > other * std::max(measured, predicted);
}

Table component_table(const Quadratic& result) {
  Table table{.columns = {{"eigenvalue", Align::right},
                          {"rate, predicted", Align::right},
                          {"rate, run", Align::right},
                          {"error at the start", Align::right},
                          {"at the end, predicted", Align::right},
                          {"at the end, run", Align::right}},
              .rows = {}};
  const std::size_t last = last_step(result);
  constexpr std::size_t most_rows = 12;
  for (const std::size_t i : spread_indices(result.components.size(), most_rows)) {
    const QuadraticComponent& component = result.components[i];
    table.rows.push_back({significant(component.curvature), rate_text(component.rate),
                          rate_text(component.measured_rate), significant(component.share[0]),
                          significant(component.share[last]),
                          is_rounding(result, component)
                              ? rounding_label
                              : significant(component.measured_share[last])});
  }
  return table;
}

std::string measurement(const Quadratic& result) {
  const std::size_t steps = last_step(result);
  if (result.measured_rate)
    return text("; the recurrence that fits its positions best over ", counted(steps, "step"),
                " has the rate ", rate_text(*result.measured_rate), ".");
  if (steps < lab::least_steps_of_a_rate)
    return text("; ", steps, steps == 1 ? " step is" : " steps are", " too few to measure it (",
                lab::least_steps_of_a_rate, " or more are needed).");
  return "; it starts at the minimum, and nothing can be measured.";
}

/// What a rate comes to, predicted.
std::string outlook(double rate) {
  if (rate < least_rate) return "to be done in one step";
  if (lab::is_at_rest(rate))
    return "not to converge: its worst component neither shrinks nor grows";
  return text(rate < 1 ? "to converge: its slowest component shrinks"
                       : "not to converge: its worst component grows",
              " by the factor ", factor_text(rate), " a step");
}

/// Whether the slowest component could not be measured, and what was measured is faster: by more
/// than the rates of equal roots are told apart.
bool is_slowest_unseen(const Quadratic& result) {
  constexpr double told_apart = 1e-6;
  return result.measured_rate &&
         std::ranges::any_of(result.components, [&](const QuadraticComponent& component) {
           return !component.measured_rate &&
                  component.rate > *result.measured_rate * (1 + told_apart);
         });
}

std::string run_sentence(const Quadratic& result) {
  std::string sentence = text("The run, ", words_of(result.settings), ", is predicted ",
                              outlook(result.predicted_rate));
  sentence += measurement(result);
  if (result.run.diverged)
    sentence += text(" It was no longer finite after step ", grouped(last_step(result)), ".");
  if (is_slowest_unseen(result)) sentence += " The slowest component starts at 0 and was not seen.";
  return sentence + '\n';
}

std::string gain_sentence(const Quadratic& result) {
  std::string sentence =
      text("The condition number is ", significant(result.largest / result.smallest), ". ");
  if (result.descent.rate < least_rate)
    return sentence + "At its best, gradient descent is done in one step, and needs no momentum.\n";
  return sentence +
         text("At its best, gradient descent shrinks the error's slowest component by the factor ",
              factor_text(result.descent.rate), " a step, momentum by ",
              factor_text(result.momentum.rate), ", which takes ",
              short_text(std::log(result.momentum.rate) / std::log(result.descent.rate)),
              " times fewer steps; the root of the condition number is ",
              short_text(std::sqrt(result.largest / result.smallest)), ".\n");
}

std::string agreement_sentence(const Quadratic& result) {
  if (result.max_closed_form_error == 0)
    return "The closed form and the run are the same at every step.\n";
  const bool has_rounding = std::ranges::any_of(
      result.components,
      [&](const QuadraticComponent& component) { return is_rounding(result, component); });
  return text("The closed form and the run agree to ", significant(result.max_closed_form_error, 2),
              " of w's size at every step",
              has_rounding
                  ? text("; a component that is smaller is \"", rounding_label, "\" in the table")
                  : "",
              ".\n");
}

std::string findings(const Quadratic& result) {
  return gain_sentence(result) + run_sentence(result) + agreement_sentence(result);
}

Json component_json(const QuadraticComponent& component) {
  return {{"eigenvalue", component.curvature},
          {"rate", component.rate},
          {"measured_rate", or_null<Json>(component.measured_rate)},
          {"share", component.share},
          {"measured_share", component.measured_share}};
}

std::string json_document(const Quadratic& result) {
  const std::string lr(optim::lr_name);
  const std::string momentum(optim::momentum_name);
  Json components = Json::array();
  for (const QuadraticComponent& component : result.components)
    components.push_back(component_json(component));
  return document(Json{
      {"command", "lab quadratic"},
      {"version", version},
      {"condition_number", result.largest / result.smallest},
      {"minimum", result.problem.minimum},
      {"gd", {{"optimal_lr", result.descent.settings.lr}, {"optimal_rate", result.descent.rate}}},
      {momentum,
       {{"optimal_lr", result.momentum.settings.lr},
        {"optimal_momentum", result.momentum.settings.momentum},
        {"optimal_rate", result.momentum.rate}}},
      {"run",
       {{lr, result.settings.lr},
        {momentum, result.settings.momentum},
        {"predicted_rate", result.predicted_rate},
        {"measured_rate", or_null<Json>(result.measured_rate)},
        {"max_closed_form_error", result.max_closed_form_error},
        {"steps", last_step(result)},
        {"diverged", result.run.diverged}}},
      {"components", components}});
}

Table csv_table(const Quadratic& result) {
  Table csv{.columns = {{"step"}, {"error"}, {"closed_form_error"}}, .rows = {}};
  for (std::size_t i = 1; i <= result.components.size(); ++i) {
    csv.columns.push_back({text("share_", i)});
    csv.columns.push_back({text("closed_form_share_", i)});
  }
  for (std::size_t k = 0; k <= last_step(result); ++k) {
    std::vector<std::string> row{std::to_string(k),
                                 exact(error_at(result, &QuadraticComponent::measured_share, k)),
                                 exact(error_at(result, &QuadraticComponent::share, k))};
    for (const QuadraticComponent& component : result.components) {
      row.push_back(exact(component.measured_share[k]));
      row.push_back(exact(component.share[k]));
    }
    csv.rows.push_back(std::move(row));
  }
  return csv;
}

}  // namespace

Exhibit quadratic_exhibit(const Quadratic& result) {
  return {
      .title = "A quadratic, predicted and run",
      .findings = findings(result),
      .tables = {{text("Settings for eigenvalues from ", significant(result.smallest), " to ",
                       significant(result.largest)),
                  settings_table(result)},
                 {text("By eigenspace, closed form and run, ", counted(last_step(result), "step")),
                  component_table(result)}},
      .json = json_document(result),
      .csv = csv_table(result),
      .figures = quadratic_figures(result)};
}

}  // namespace ravine::report
