#include "ravine/compare/complete_settings.hpp"

#include "ravine/optim/registry.hpp"

namespace ravine::compare {
namespace {

/// The value as a field of that kind keeps it: 1 for a flag is true.
optim::Value as(const optim::Value& standard, const optim::Value& value) {
  if (standard.is_flag()) return value.flag();
  if (standard.is_number()) return value.number();
  return value.list();
}

}  // namespace

optim::Settings complete_settings(const Contender& contender, const optim::Settings& point) {
  const optim::RuleInfo& rule = optim::find_rule(contender.name);
  optim::Settings complete;
  for (const optim::FieldInfo& field : rule.fields)
    complete.push_back({std::string(field.name), field.standard});
  const auto apply = [&](const optim::Settings& settings) {
    for (const auto& [name, value] : settings) {
      const optim::FieldInfo& field = optim::field_named(rule, name);
      const auto place = static_cast<std::size_t>(&field - rule.fields.data());
      complete[place].value = as(field.standard, value);
    }
  };
  apply(optim::with_names(contender.settings, contender.name, rule.fields));
  apply(point);
  return complete;
}

}  // namespace ravine::compare
