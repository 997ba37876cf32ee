#include "values.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::apps {
namespace {

const std::array<std::string, 2> task_names{"regression", "classification"};

template <class Number>
Number number_of(const std::string& text, const char* kind) {
  Number number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error == std::errc::result_out_of_range && stop == end)
    throw InputError(ravine::text("'", text, "' is beyond the range of numbers"));
  if (error != std::errc() || stop != end)
    throw InputError(ravine::text("'", text, "' is not a ", kind));
  return number;
}

/// The pieces between commas.
template <class Item>
std::vector<Item> list_of(const std::string& text) {
  std::vector<Item> items;
  for (const std::string_view item : split(text, ',')) {
    if (item.empty())
      throw InputError(ravine::text("'", text, "' has an empty place (a list such as a,b,c)"));
    items.push_back(parsed<Item>(std::string(item)));
  }
  return items;
}

template <class Names>
std::size_t index_of(const std::string& text, const Names& names, const char* kind) {
  const auto found = std::ranges::find(names, text);
  if (found == names.end())
    throw UnknownName(ravine::text("unknown ", kind, " '", text, "'", suggestion(text, names)));
  return static_cast<std::size_t>(found - names.begin());
}

}  // namespace

template <>
std::string parsed(const std::string& text) {
  return text;
}

template <>
std::filesystem::path parsed(const std::string& text) {
  if (text.empty()) throw InputError("a path is expected");
  return text;
}

template <>
double parsed(const std::string& text) {
  return number_of<double>(text, "number");
}

template <>
std::optional<double> parsed(const std::string& text) {
  return parsed<double>(text);
}

template <>
std::size_t parsed(const std::string& text) {
  return number_of<std::size_t>(text, "whole number, 0 or more");
}

std::size_t parsed_count(const std::string& text) {
  const auto number = number_of<std::size_t>(text, "whole number, 1 or more");
  if (number == 0) throw InputError("must be at least 1, 0 was given");
  return number;
}

template <>
std::optional<std::size_t> parsed(const std::string& text) {
  return parsed<std::size_t>(text);
}

template <>
std::vector<double> parsed(const std::string& text) {
  return list_of<double>(text);
}

template <>
std::vector<std::string> parsed(const std::string& text) {
  return list_of<std::string>(text);
}

template <>
std::vector<std::size_t> parsed(const std::string& text) {
  return list_of<std::size_t>(text);
}

template <>
std::optional<std::vector<std::size_t>> parsed(const std::string& text) {
  return list_of<std::size_t>(text);
}

template <>
train::ModelKind parsed(const std::string& text) {
  return train::model_named(text);
}

template <>
Activation parsed(const std::string& text) {
  return activation_named(text);
}

template <>
std::optional<data::Task> parsed(const std::string& text) {
  return index_of(text, task_names, "task") == 0 ? data::Task::regression
                                                 : data::Task::classification;
}

template <>
data::Missing parsed(const std::string& text) {
  return static_cast<data::Missing>(index_of(text, data::missing_names(), "treatment"));
}

template <>
optim::Setting parsed(const std::string& text) {
  return optim::parse_setting(text);
}

template <>
optim::Group parsed(const std::string& text) {
  return optim::parse_group(text);
}

template <>
optim::Spec parsed(const std::string& text) {
  return optim::parse_spec(text);
}

template <>
std::vector<optim::Spec> parsed(const std::string& text) {
  return optim::parse_specs(text);
}

template <>
std::optional<optim::Schedule> parsed(const std::string& text) {
  return optim::parse_schedule(text);
}

template <>
std::optional<optim::AverageKind> parsed(const std::string& text) {
  return optim::parse_average(text);
}

template <>
train::Unit parsed(const std::string& text) {
  return static_cast<train::Unit>(index_of(text, train::unit_names(), "unit"));
}

template <>
compare::Search parsed(const std::string& text) {
  return static_cast<compare::Search>(index_of(text, compare::search_names(), "search"));
}

template <>
std::optional<compare::Target> parsed(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) return compare::Target{.value = parsed<double>(text)};
  constexpr std::string_view part = "validation_";  // as the report calls it
  std::string metric = text.substr(0, equals);
  if (metric.starts_with(part)) metric.erase(0, part.size());
  return compare::Target{.metric = std::move(metric),
                         .value = parsed<double>(text.substr(equals + 1))};
}

template <>
std::vector<compare::AskedRange> parsed(const std::string& text) {
  return compare::parse_ranges(text);
}

template <>
std::optional<compare::Shard> parsed(const std::string& text) {
  const std::size_t stroke = text.find('/');
  if (stroke == std::string::npos)
    throw InputError(ravine::text("'", text, "' must be a part and how many there are, as in 2/4"));
  const auto part = parsed<std::size_t>(text.substr(0, stroke));
  const auto of = parsed<std::size_t>(text.substr(stroke + 1));
  if (part == 0 || part > of)
    throw InputError(ravine::text("'", text, "' must be from 1/", of, " to ", of, "/", of));
  return compare::Shard{.index = part - 1, .of = of};
}

std::string shown(double value) { return text(optim::Value(value)); }
std::string shown(std::size_t value) { return std::to_string(value); }
std::string shown(const optim::Spec& value) { return text(value); }
std::string shown(const std::vector<optim::Spec>& value) { return joined(value, ","); }
std::string shown(train::Unit value) { return std::string(name_of(value)); }
std::string shown(compare::Search value) { return std::string(name_of(value)); }
std::string shown(train::ModelKind value) { return std::string(train::name_of(value)); }
std::string shown(Activation value) { return std::string(ravine::name_of(value)); }
std::string shown(data::Missing value) { return std::string(data::name_of(value)); }

}  // namespace ravine::apps
