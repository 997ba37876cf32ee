#pragma once

#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ravine/optim/range.hpp"
#include "ravine/optim/rule.hpp"
#include "ravine/optim/setting.hpp"

namespace ravine::optim {

/// An owner with lists among its fields says so by `static constexpr bool has_lists = true`: where
/// none is, g++ 12 warns of reading one.
template <class Owner>
concept HasLists = Owner::has_lists;

/// A row of a table: one hyper-parameter of a rule, or one setting of a schedule: a number, a flag
/// or a list. The command line, the help, the checks and the saved files know no more of it than
/// this.
template <class Owner>
struct Field {
  using Number = double Owner::*;
  using Flag = bool Owner::*;
  using List = std::vector<double> Owner::*;

  std::string_view name;
  // One of them points.
  Number number = nullptr;
  Flag flag = nullptr;
  List list = nullptr;
  Range range = {};  ///< of a number, and of each in a list
  std::string_view help;
  std::string_view alias = {};  ///< another name that texts use, taken as well
  /// Where a comparison looks for a better value than the default; none: it keeps that.
  std::optional<Span> tuned = {};

  constexpr Field(std::string_view its_name, Number its_member, Range its_range,
                  std::string_view its_help, std::string_view its_alias = {})
      : name(its_name), number(its_member), range(its_range), help(its_help), alias(its_alias) {}
  constexpr Field(std::string_view its_name, Flag its_member, std::string_view its_help)
      : name(its_name), flag(its_member), help(its_help) {}
  constexpr Field(std::string_view its_name, List its_member, Range its_range,
                  std::string_view its_help)
      : name(its_name), list(its_member), range(its_range), help(its_help) {}

  /// The same row, with a span that is searched.
  constexpr Field tuned_in(const Span& span) const {
    Field row = *this;
    row.tuned = span;
    return row;
  }

  constexpr bool is_flag() const { return flag != nullptr; }
  constexpr bool is_number() const { return number != nullptr; }
  constexpr bool is_list() const { return list != nullptr; }
  /// Whether it is the field that something depends on.
  constexpr bool is(const Switch<Owner>& other) const {
    return number == other.number && flag == other.flag;
  }
  // Not inline: g++ 12 would warn of reading a flag of an owner that has none.
  [[gnu::noinline]] Value of(const Owner& owner) const {
    if (is_flag()) return owner.*flag;
    if constexpr (HasLists<Owner>)
      if (is_list()) return owner.*list;
    return owner.*number;
  }
  void assign(Owner& owner, const Value& value) const {
    if constexpr (HasLists<Owner>)
      if (is_list()) owner.*list = value.list();
    if (is_flag()) owner.*flag = value.flag();
    if (is_number()) owner.*number = value.number();
  }
};

/// What has a table of fields: a rule, a schedule.
template <class Owner>
concept HasFields = requires {
  Owner{};
  Owner::about.name;
  Owner::fields[0].help;
};

/// A field as the help shows it.
struct FieldInfo {
  std::string_view name;
  Value standard;     ///< the default
  std::string range;  ///< "[0, 1)", or "true or false"
  std::string_view help;
  std::string_view alias;
  Range allowed;              ///< of a number, and of each in a list
  std::optional<Span> tuned;  ///< where a comparison looks for a better value

  bool is_named(std::string_view other) const {
    return name == other || (!alias.empty() && alias == other);
  }
};

enum class FieldKind { number, flag, list };
/// Of what a field takes: `[0, 1)`, `true or false`.
std::string range_text(FieldKind kind, const Range& range);
/// Throws InputError, naming the owner, the field, its range and the value, for one not allowed.
void check_value(std::string_view owner, std::string_view name, FieldKind kind, const Range& range,
                 const Value& value);
/// Throws UnknownName, offering the nearest of the names that the owner knows.
[[noreturn]] void throw_unknown_field(std::string_view owner, std::string_view name,
                                      const std::vector<std::string>& known);

/// A first value without a name gets the first field's. Throws InputError for another without one.
Settings with_names(Settings settings, std::string_view owner,
                    const std::vector<FieldInfo>& fields);

template <class Owner>
FieldKind kind_of(const Field<Owner>& row) {
  if (row.is_flag()) return FieldKind::flag;
  return row.is_list() ? FieldKind::list : FieldKind::number;
}

template <HasFields Owner>
std::vector<FieldInfo> infos_of_fields() {
  static const Owner standard{};
  std::vector<FieldInfo> infos;
  infos.reserve(std::size(Owner::fields));
  for (const Field<Owner>& row : Owner::fields)
    infos.push_back({.name = row.name,
                     .standard = row.of(standard),
                     .range = range_text(kind_of(row), row.range),
                     .help = row.help,
                     .alias = row.alias,
                     .allowed = row.range,
                     .tuned = row.tuned});
  return infos;
}

/// The row of a name. Throws UnknownName.
template <HasFields Owner>
const Field<Owner>& field(std::string_view name) {
  for (const Field<Owner>& row : Owner::fields)
    if (row.name == name || (!row.alias.empty() && row.alias == name)) return row;
  std::vector<std::string> known;
  known.reserve(std::size(Owner::fields));
  for (const Field<Owner>& row : Owner::fields) known.emplace_back(row.name);
  throw_unknown_field(Owner::about.name, name, known);
}

/// Throws InputError for a value that the row does not allow.
template <HasFields Owner>
void check_field(const Field<Owner>& row, const Value& value) {
  check_value(Owner::about.name, row.name, kind_of(row), row.range, value);
}

/// Sets a field by name. Throws UnknownName, or InputError for a value not allowed.
template <HasFields Owner>
void set_field(Owner& owner, std::string_view name, const Value& value) {
  const Field<Owner>& row = field<Owner>(name);
  check_field(row, value);
  row.assign(owner, value);
}

/// The owner, once each of its values is known to be allowed. Throws InputError.
template <HasFields Owner>
Owner checked(const Owner& owner) {
  for (const Field<Owner>& row : Owner::fields) check_field(row, row.of(owner));
  return owner;
}

/// The owner, or its defaults, with some fields replaced. Throws UnknownName or InputError.
template <HasFields Owner>
Owner configured(const Settings& settings, Owner owner = {}) {
  for (const Setting& setting : settings) set_field(owner, setting.name, setting.value);
  return owner;
}

/// The values of some rows, in their order.
template <class Owner, class Rows>
Settings values_of(const Owner& owner, const Rows& rows) {
  Settings values;
  for (const Field<Owner>& row : rows) values.push_back({std::string(row.name), row.of(owner)});
  return values;
}

/// The owner with a value for each of some rows, in their order. Throws InputError for one that is
/// not allowed.
template <HasFields Owner, class Rows>
Owner with_values(Owner owner, const Rows& rows, const Settings& values) {
  auto value = values.begin();
  for (const Field<Owner>& row : rows) {
    check_field(row, value->value);
    row.assign(owner, (value++)->value);
  }
  return owner;
}

/// Every field with its value, in the order of the table.
template <HasFields Owner>
Settings settings_of(const Owner& owner) {
  return values_of(owner, Owner::fields);
}

}  // namespace ravine::optim
