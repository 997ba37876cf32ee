#include "ravine/compare/complete_settings.hpp"

#include <algorithm>

#include "ravine/optim/registry.hpp"

namespace ravine::compare {
namespace {

/// The value as a field of that kind keeps it: 1 for a flag is true.
optim::Value as(const optim::Value& standard, const optim::Value& value) {
  if (standard.is_flag()) return value.flag();
  if (standard.is_number()) return value.number();
  return value.list();
}

std::size_t place_of(const optim::RuleInfo& rule, std::string_view name) {
  const auto found = std::ranges::find_if(rule.fields, [&](const optim::FieldInfo& field) {
    return field.name == name || (!field.alias.empty() && field.alias == name);
  });
  if (found != rule.fields.end()) return static_cast<std::size_t>(found - rule.fields.begin());
  std::vector<std::string> known;
  for (const optim::FieldInfo& field : rule.fields) known.emplace_back(field.name);
  optim::throw_unknown_field(rule.about.name, name, known);
}

}  // namespace

optim::Settings complete_settings(const Contender& contender, const optim::Settings& point) {
  const optim::RuleInfo& rule = optim::find_rule(contender.name);
  optim::Settings complete;
  for (const optim::FieldInfo& field : rule.fields)
    complete.push_back({std::string(field.name), field.standard});
  const auto apply = [&](const optim::Settings& settings) {
    for (const auto& [name, value] : settings) {
      const std::size_t place = place_of(rule, name);
      complete[place].value = as(rule.fields[place].standard, value);
    }
  };
  apply(optim::with_names(contender.settings, contender.name, rule.fields));
  apply(point);
  return complete;
}

}  // namespace ravine::compare
