#include "ravine/optim/registry.hpp"

#include <algorithm>
#include <utility>

#include "ravine/optim/common_fields.hpp"
#include "ravine/optim/named.hpp"
#include "ravine/optim/rules.hpp"

namespace ravine::optim {
namespace {

template <class... Rules>
std::deque<RuleInfo> rows(RuleList<Rules...>) {
  return {info_of<Rules>()...};
}

std::deque<RuleInfo>& registry() {
  static std::deque<RuleInfo> registry = rows(BuiltinRules{});
  return registry;
}

bool has_field(const RuleInfo& rule, std::string_view name) {
  return std::ranges::find(rule.fields, name, &FieldInfo::name) != rule.fields.end();
}

/// Throws InputError for a name that stands twice.
void check_names(std::string_view rule, std::string_view what,
                 std::vector<std::string_view> names) {
  std::ranges::sort(names);
  const auto twice = std::ranges::adjacent_find(names);
  if (twice != names.end())
    throw InputError(text("optimizer '", rule, "' has two ", what, " '", *twice,
                          "'; give one of them another name"));
}

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

void check(const RuleInfo& rule) {
  const std::string_view name = rule.about.name;
  if (name.empty() || !std::ranges::all_of(name, is_name_character))
    throw InputError(text("optimizer '", name, "': a rule's name must be of a-z, 0-9 and _ alone"));
  if (!has_field(rule, lr_name))
    throw InputError(text("optimizer '", name, "' has no field '", lr_name,
                          "'; every rule needs its learning rate in its table"));
  if (rule.decay && !has_field(rule, weight_decay_name))
    throw InputError(text("optimizer '", name, "' has a weight decay and no field '",
                          weight_decay_name, "'; put it in its table"));
  std::vector<std::string_view> fields, slots;
  for (const FieldInfo& field : rule.fields) {
    fields.push_back(field.name);
    if (!field.alias.empty()) fields.push_back(field.alias);
  }
  for (const SlotInfo& slot : rule.slots) slots.push_back(slot.name);
  check_names(name, "fields", std::move(fields));
  check_names(name, "slots", std::move(slots));
}

}  // namespace

std::size_t state_bytes_per_parameter(const RuleInfo& rule, std::size_t element_size) {
  return rule.state_arrays * element_size;
}

std::string full_formula(const RuleInfo& rule) {
  const std::string formula(rule.about.formula);
  if (rule.decay == Decay::coupled) return "g ← g + λ w\n" + formula;
  if (rule.decay == Decay::decoupled) return "w ← w − lr λ w\n" + formula;
  return formula;
}

const std::deque<RuleInfo>& rules() { return registry(); }

const RuleInfo& find_rule(std::string_view name) {
  return find_named(registry(), "optimizer", name);
}

const FieldInfo& field_named(const RuleInfo& rule, std::string_view name) {
  for (const FieldInfo& field : rule.fields)
    if (field.is_named(name)) return field;
  std::vector<std::string> known;
  known.reserve(rule.fields.size());
  for (const FieldInfo& field : rule.fields) known.emplace_back(field.name);
  throw_unknown_field(rule.about.name, name, known);
}

void register_rule(RuleInfo rule) {
  check(rule);
  const auto is_namesake = [&](const RuleInfo& known) {
    return known.about.name == rule.about.name;
  };
  if (std::ranges::any_of(registry(), is_namesake))
    throw InputError(text("optimizer '", rule.about.name,
                          "' is registered already; a rule's name must be its own"));
  registry().push_back(std::move(rule));
}

}  // namespace ravine::optim
