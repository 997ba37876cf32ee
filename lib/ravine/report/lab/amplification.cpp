#include "ravine/report/lab/amplification.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "ravine/lab/larger.hpp"
#include "ravine/optim/common_fields.hpp"
#include "ravine/report/json_parts.hpp"
#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/version.hpp"

namespace ravine::report {
namespace {

using Json = nlohmann::ordered_json;
using lab::Amplification;
using lab::AmplifyingRule;
using lab::RuleAmplification;

double error_of(const RuleAmplification& rule) {
  return lab::larger(rule.at.max_closed_form_error,
                     lab::larger(rule.slice.max_closed_form_error, rule.map.max_closed_form_error));
}

double factor_of(const Amplification& amplification, AmplifyingRule rule) {
  return amplification.rules[static_cast<std::size_t>(rule)].at.run.front();
}

/// What the rule keeps of the first gradient: momentum's beta, Adam's beta1; nothing of the
/// adaptive rate's.
double kept_of_first(const RuleAmplification& rule) {
  if (rule.rule == AmplifyingRule::adaptive) return 0;
  const std::string_view name =
      rule.rule == AmplifyingRule::momentum ? optim::momentum_name : optim::beta1_name;
  return std::ranges::find(rule.amplifier.settings, name, &optim::Setting::name)->value.number();
}

// --- Words and tables

std::string findings(const Amplification& amplification) {
  const auto& [g1, g2] = amplification.options.at;
  double error = 0;
  for (const RuleAmplification& rule : amplification.rules)
    error = lab::larger(error, error_of(rule));
  return text(
      "After a gradient of ", significant(g1), ", a gradient of ", significant(g2), " is made ",
      significant(factor_of(amplification, AmplifyingRule::momentum)),
      " times itself by momentum, ",
      significant(factor_of(amplification, AmplifyingRule::adaptive)),
      " times by the adaptive rate, ", significant(factor_of(amplification, AmplifyingRule::adam)),
      " times by Adam and ",
      significant(factor_of(amplification, AmplifyingRule::adam_uncorrected)),
      " times by Adam without bias correction.\n",
      "Momentum knows the ratio of the two alone: it stretches what goes on in one direction, and "
      "may go against a gradient that turns. The adaptive rate knows their size alone: it makes "
      "small gradients large and large ones small. Adam does both.\n",
      "Bias correction multiplies Adam's second step by √(1 − β₂²) / (1 − β₁²) = ",
      significant(amplification.correction_factor), ", but for ε.\n",
      "The registered rules' steps and the closed forms differ by at most ", significant(error, 2),
      ", relative to their terms.\n");
}

Table rules_table(const Amplification& amplification) {
  Table table{.columns = {{"rule"},
                          {"registered"},
                          {"factor", Align::right},
                          {"closed form", Align::right},
                          {"error over the map", Align::right}},
              .rows = {}};
  for (const RuleAmplification& rule : amplification.rules)
    table.rows.push_back({name_of(rule.rule), rule.amplifier.registered,
                          significant(rule.at.run.front(), 8),
                          significant(rule.at.closed_form.front(), 8),
                          significant(rule.map.max_closed_form_error, 2)});
  return table;
}

std::string number_or_empty(double factor) { return std::isnan(factor) ? "" : exact(factor); }

Table map_table(const Amplification& amplification) {
  const lab::Factors& map = amplification.chosen().map;
  Table table{.columns = {{"g1"}, {"g2"}, {"value"}, {"closed_form"}}, .rows = {}};
  for (std::size_t i = 0; i < map.run.size(); ++i)
    table.rows.push_back({exact(amplification.g1[i % amplification.g1.size()]),
                          exact(amplification.g2[i / amplification.g1.size()]),
                          number_or_empty(map.run[i]), number_or_empty(map.closed_form[i])});
  return table;
}

std::string amplification_json(const Amplification& amplification) {
  const RuleAmplification& chosen = amplification.chosen();
  Json settings = Json::object();
  add_settings(settings, chosen.amplifier.settings);
  Json rules = Json::array();
  for (const RuleAmplification& rule : amplification.rules)
    rules.push_back({{"rule", name_of(rule.rule)},
                     {"registered", rule.amplifier.registered},
                     {"value", rule.at.run.front()},
                     {"closed_form", rule.at.closed_form.front()},
                     {"max_closed_form_error", error_of(rule)}});
  return document(Json{{"command", "lab amplification"},
                       {"version", version},
                       {"rule", name_of(chosen.rule)},
                       {"at", amplification.options.at},
                       {"value", chosen.at.run.front()},
                       {"closed_form", chosen.at.closed_form.front()},
                       {"registered", chosen.amplifier.registered},
                       {"settings", settings},
                       {"correction_factor", amplification.correction_factor},
                       {"max_closed_form_error", error_of(chosen)},
                       {"rules", rules},
                       {"map",
                        {{"g1", amplification.g1},
                         {"g2", amplification.g2},
                         {"value", chosen.map.run},
                         {"closed_form", chosen.map.closed_form}}}});
}

// --- Figures

constexpr const char* from_zero = "the factor is 0";

Curves slice(const Amplification& amplification) {
  const auto& [g1, g2] = amplification.options.at;
  Curves curves{
      .title = text("Factors of a second gradient of ", significant(g2)),
      .caption =
          "Broad lines: two steps of the registered rules, one run a first "
          "gradient. Dashed: closed forms. Gradient descent leaves each gradient as it is.",
      .x = {.title = "first gradient"},
      .y = {.title = "factor of the second"},
      .series = {}};
  for (const RuleAmplification& rule : amplification.rules) {
    curves.series.push_back(
        {.name = name_of(rule.rule), .x = amplification.g1, .y = rule.slice.run});
    curves.series.push_back({.name = name_of(rule.rule),
                             .mark = Mark::dashed,
                             .x = amplification.g1,
                             .y = rule.slice.closed_form});
  }
  curves.series.push_back({.name = "gradient descent",
                           .mark = Mark::dashed,
                           .x = {amplification.g1.front(), amplification.g1.back()},
                           .y = {1, 1}});
  return curves;
}

/// Logarithms of the factors' sizes, which end at a tenth and at tenfold.
std::vector<double> magnitudes(const std::vector<double>& factors) {
  std::vector<double> logarithms;
  logarithms.reserve(factors.size());
  for (const double factor : factors)
    logarithms.push_back(std::isnan(factor) ? factor
                                            : std::clamp(std::log10(std::abs(factor)), -1.0, 1.0));
  return logarithms;
}

Map map_of(const Amplification& amplification, const RuleAmplification& rule) {
  const double range = amplification.options.range;
  const double kept = kept_of_first(rule);
  Map map{.title = text("Factor of the second gradient, ", name_of(rule.rule)),
          .caption =
              "Two steps of the registered rule a cell. Blue makes the second gradient "
              "smaller, orange larger; tenfold and beyond are one colour.",
          .x = {.title = "first gradient", .domain = std::pair(-range, range)},
          .y = {.title = "second gradient", .domain = std::pair(-range, range)},
          .columns = amplification.g1.size(),
          .rows = amplification.g2.size(),
          .values = magnitudes(rule.map.run),
          .value_title = "log10 of the factor's size",
          .colours = Colours::diverging};
  if (kept == 0) return map;
  map.caption += " Between the line and a second gradient of 0 the step goes against it.";
  map.series = {{.name = from_zero, .x = {-range, range}, .y = {kept * range, -kept * range}}};
  return map;
}

}  // namespace

Exhibit amplification_exhibit(const Amplification& amplification) {
  Exhibit exhibit{
      .title = "What a rule makes of the second of two gradients",
      .findings = findings(amplification),
      .tables = {{text("Factor of a gradient of ", significant(amplification.options.at[1]),
                       " after one of ", significant(amplification.options.at[0])),
                  rules_table(amplification)}},
      .json = amplification_json(amplification),
      .csv = map_table(amplification),
      .figures = {slice(amplification)}};
  // Adam's two beside each other.
  for (const AmplifyingRule rule : {AmplifyingRule::momentum, AmplifyingRule::adam,
                                    AmplifyingRule::adam_uncorrected, AmplifyingRule::adaptive})
    exhibit.figures.emplace_back(
        map_of(amplification, amplification.rules[static_cast<std::size_t>(rule)]));
  return exhibit;
}

}  // namespace ravine::report
