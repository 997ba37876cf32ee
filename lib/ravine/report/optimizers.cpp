#include "ravine/report/optimizers.hpp"

#include <nlohmann/json.hpp>
#include <sstream>

#include "ravine/report/environment.hpp"
#include "ravine/report/json_parts.hpp"
#include "ravine/report/table.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

using Json = nlohmann::ordered_json;

std::string indented(const std::string& lines) {
  std::istringstream in(lines);
  std::string result;
  for (std::string line; std::getline(in, line);) result += "    " + line + '\n';
  return result;
}

std::string state_text(const optim::RuleInfo& rule) {
  if (rule.slots.empty()) return "none";
  std::vector<std::string> slots;
  for (const optim::SlotInfo& slot : rule.slots)
    slots.push_back(slot.kept_with.empty() ? std::string(slot.name)
                                           : text(slot.name, " with ", slot.kept_with));
  return text(joined(slots), "; ", optim::state_bytes_per_parameter(rule, sizeof(float)),
              " bytes a parameter with the defaults");
}

Json rule_entry(const optim::RuleInfo& rule) {
  Json fields = Json::array();
  for (const optim::FieldInfo& field : rule.fields)
    fields.push_back({{"name", field.name},
                      {"default", json_of<Json>(field.standard)},
                      {"range", field.range},
                      {"help", field.help}});
  Json slots = Json::array();
  for (const optim::SlotInfo& slot : rule.slots) slots.push_back(slot.name);
  return {{"name", rule.about.name},
          {"summary", rule.about.summary},
          {"update", optim::full_formula(rule)},
          {"hyperparameters", fields},
          {"state", slots},
          {"state_bytes_per_parameter", optim::state_bytes_per_parameter(rule, sizeof(float))},
          {"reference", rule.about.reference}};
}

}  // namespace

std::string optimizer_list(const std::deque<optim::RuleInfo>& rules) {
  Table table{.columns = {{"optimizer"}, {"what it does"}}, .rows = {}};
  for (const optim::RuleInfo& rule : rules)
    table.rows.push_back({std::string(rule.about.name), std::string(rule.about.summary)});
  return aligned(table);
}

std::string optimizer_page(const optim::RuleInfo& rule) {
  Table table{.columns = {{"hyper-parameter"}, {"default"}, {"range"}, {"meaning"}}, .rows = {}};
  for (const optim::FieldInfo& field : rule.fields)
    table.rows.push_back(
        {field.alias.empty() ? std::string(field.name) : text(field.name, ", ", field.alias),
         text(field.standard), field.range, std::string(field.help)});
  return text(
      rule.about.name, ": ", rule.about.summary, "\n\n", indented(optim::full_formula(rule)),
      "\nw: a parameter, g: its gradient, t: the number of the step, from 1\n\n", aligned(table),
      "\nstate      ", state_text(rule), "\nreference  ", rule.about.reference, "\n");
}

std::string optimizers_json(std::span<const optim::RuleInfo* const> rules) {
  Json json{{"command", "optimizers"}, {"version", version()}, {"optimizers", Json::array()}};
  for (const optim::RuleInfo* rule : rules) json["optimizers"].push_back(rule_entry(*rule));
  return document(json);
}

}  // namespace ravine::report
