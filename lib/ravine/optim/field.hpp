#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ravine/optim/range.hpp"
#include "ravine/optim/rule.hpp"
#include "ravine/optim/setting.hpp"

namespace ravine::optim {

/// A row of a rule's table: one hyper-parameter, a number or a flag. The command line, the help,
/// the checks and the saved files know no more of it than this.
template <class Rule>
struct Field {
  std::string_view name;
  std::variant<double Rule::*, bool Rule::*> member;
  Range range;  ///< of a number
  std::string_view help;

  constexpr Field(std::string_view its_name, double Rule::*its_member, Range its_range,
                  std::string_view its_help)
      : name(its_name), member(its_member), range(its_range), help(its_help) {}
  constexpr Field(std::string_view its_name, bool Rule::*its_member, std::string_view its_help)
      : name(its_name), member(its_member), help(its_help) {}

  constexpr bool is_flag() const { return std::holds_alternative<bool Rule::*>(member); }
  constexpr Value of(const Rule& rule) const {
    return std::visit([&](auto pointer) { return Value(rule.*pointer); }, member);
  }
};

/// Rows that most rules share.
template <class Rule>
constexpr Field<Rule> learning_rate_field(double Rule::*member) {
  return {"lr", member, non_negative, "learning rate"};
}
template <class Rule>
constexpr Field<Rule> weight_decay_field(double Rule::*member) {
  return {"weight_decay", member, non_negative,
          Rule::decay == Decay::coupled ? "λ, share of w added to the gradient (L2 penalty)"
                                        : "λ, share of w taken away beside the update"};
}

/// Throws InputError unless `value` is a number in `range`.
void check_number(std::string_view rule, std::string_view name, const Range& range, Value value);
/// Throws InputError unless `value` is true or false; 1 and 0 pass for them.
void check_flag(std::string_view rule, std::string_view name, Value value);
/// Throws UnknownName, offering the nearest of the names that `rule` knows.
[[noreturn]] void throw_unknown_field(std::string_view rule, std::string_view name,
                                      const std::vector<std::string>& known);

/// The row of a hyper-parameter. Throws UnknownName.
template <UpdateRule Rule>
const Field<Rule>& field(std::string_view name) {
  for (const Field<Rule>& row : Rule::fields)
    if (row.name == name) return row;
  std::vector<std::string> known;
  for (const Field<Rule>& row : Rule::fields) known.emplace_back(row.name);
  throw_unknown_field(Rule::about.name, name, known);
}

/// Throws InputError for a value that the row does not allow.
template <UpdateRule Rule>
void check_field(const Field<Rule>& row, Value value) {
  if (row.is_flag())
    check_flag(Rule::about.name, row.name, value);
  else
    check_number(Rule::about.name, row.name, row.range, value);
}

/// Sets a hyper-parameter by name. Throws UnknownName, or InputError for a value not allowed.
template <UpdateRule Rule>
void set_field(Rule& rule, std::string_view name, Value value) {
  const Field<Rule>& row = field<Rule>(name);
  check_field(row, value);
  if (row.is_flag())
    rule.*std::get<bool Rule::*>(row.member) = value.flag();
  else
    rule.*std::get<double Rule::*>(row.member) = value.number();
}

/// The rule, once each of its values is known to be allowed. Throws InputError.
template <UpdateRule Rule>
Rule checked(const Rule& rule) {
  for (const Field<Rule>& row : Rule::fields) check_field(row, row.of(rule));
  return rule;
}

/// The rule's defaults with some of them replaced. Throws UnknownName or InputError.
template <UpdateRule Rule>
Rule configured(const Settings& settings) {
  Rule rule;
  for (const Setting& setting : settings) set_field(rule, setting.name, setting.value);
  return rule;
}

/// Every hyper-parameter with its value, in the order of the table.
template <UpdateRule Rule>
Settings settings_of(const Rule& rule) {
  Settings settings;
  for (const Field<Rule>& row : Rule::fields)
    settings.push_back({std::string(row.name), row.of(rule)});
  return settings;
}

}  // namespace ravine::optim
