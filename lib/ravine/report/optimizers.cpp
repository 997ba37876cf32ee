#include "ravine/report/optimizers.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ravine/compare/search_space.hpp"
#include "ravine/report/comparison_request.hpp"
#include "ravine/report/fields.hpp"
#include "ravine/report/json_parts.hpp"
#include "ravine/report/table.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/version.hpp"

namespace ravine::report {
namespace {

using Json = nlohmann::ordered_json;

std::string state_text(const optim::RuleInfo& rule) {
  if (rule.slots.empty() && rule.state.empty()) return "none";
  std::vector<std::string> slots;
  if (!rule.state.empty()) slots.emplace_back(rule.state);
  for (const optim::SlotInfo& slot : rule.slots)
    slots.push_back(slot.kept_with.empty() ? std::string(slot.name)
                                           : text(slot.name, " (with ", slot.kept_with, ")"));
  return text(joined(slots), "; ", optim::state_bytes_per_parameter(rule, sizeof(float)),
              " bytes a parameter with the defaults");
}

/// Where `ravine compare` looks for better values than the defaults.
std::string space_text(const optim::RuleInfo& rule) {
  std::vector<std::string> ranges;
  for (const compare::Dimension& dimension : compare::space_of({std::string(rule.about.name)}))
    ranges.push_back(text(dimension.field, " ", optim::Value(dimension.low), " to ",
                          optim::Value(dimension.high)));
  return ranges.empty() ? "nothing" : joined(ranges);
}

Json rule_entry(const optim::RuleInfo& rule) {
  Json slots = Json::array();
  for (const optim::SlotInfo& slot : rule.slots) slots.push_back(slot.name);
  return {{"name", rule.about.name},
          {"summary", rule.about.summary},
          {"update", optim::full_formula(rule)},
          {"hyperparameters", fields_json<Json>(rule.fields)},
          {"tuned", space_json<Json>(compare::space_of({std::string(rule.about.name)}))},
          {"state", slots},
          {"state_bytes_per_parameter", optim::state_bytes_per_parameter(rule, sizeof(float))},
          {"reference", rule.about.reference}};
}

}  // namespace

optim::Settings telling_settings(std::string_view rule, const optim::Settings& settings) {
  const std::vector<optim::FieldInfo>& fields = optim::find_rule(rule).fields;
  optim::Settings shown;
  for (const optim::Setting& setting : settings) {
    const auto field = std::ranges::find(fields, setting.name, &optim::FieldInfo::name);
    if (field == fields.begin() || field == fields.end() || field->standard != setting.value)
      shown.push_back(setting);
  }
  return shown;
}

std::string settings_text(std::string_view rule, const optim::Settings& settings) {
  return joined(telling_settings(rule, settings), " ");
}

std::string optimizer_list(const std::deque<optim::RuleInfo>& rules) {
  Table table{.columns = {{"optimizer"}, {"what it does"}}, .rows = {}};
  for (const optim::RuleInfo& rule : rules)
    table.rows.push_back({std::string(rule.about.name), std::string(rule.about.summary)});
  return aligned(table);
}

std::string optimizer_page(const optim::RuleInfo& rule) {
  return text(rule.about.name, ": ", rule.about.summary, "\n\n",
              indented(optim::full_formula(rule)),
              "\nw: a parameter, g: its gradient, t: the number of the step, from 1\n\n",
              fields_text("hyper-parameter", rule.fields), "\ntuned      ", space_text(rule),
              " (by `ravine compare`)\nstate      ", state_text(rule), "\nreference  ",
              rule.about.reference, "\n");
}

std::string optimizers_json(std::span<const optim::RuleInfo* const> rules) {
  Json json{{"command", "optimizers"}, {"version", version}, {"optimizers", Json::array()}};
  for (const optim::RuleInfo* rule : rules) json["optimizers"].push_back(rule_entry(*rule));
  return document(json);
}

}  // namespace ravine::report
