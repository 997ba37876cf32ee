#include "ravine/optim/field.hpp"

#include <algorithm>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::optim {
namespace {

bool allowed(FieldKind kind, const Range& range, const Value& value) {
  switch (kind) {
    case FieldKind::flag:
      return value.is_flag() || (value.is_number() && (value.number() == 0 || value.number() == 1));
    case FieldKind::number:
      return value.is_number() && range.contains(value.number());
    case FieldKind::list:
      break;
  }
  return !value.is_flag() &&
         std::ranges::all_of(value.list(), [&](double x) { return range.contains(x); });
}

}  // namespace

std::string range_text(FieldKind kind, const Range& range) {
  if (kind == FieldKind::flag) return "true or false";
  return kind == FieldKind::list ? text("each ", range) : text(range);
}

void check_value(std::string_view owner, std::string_view name, FieldKind kind, const Range& range,
                 const Value& value) {
  if (kind == FieldKind::list && value == Value(std::vector<double>{}))
    throw InputError(text(owner, ": ", name, " must be at least one number, as in 10/20/30"));
  if (allowed(kind, range, value)) return;
  throw InputError(text(owner, ": ", name, kind == FieldKind::flag ? " must be " : " must be in ",
                        range_text(kind, range), ", ", value, " was given"));
}

void throw_unknown_field(std::string_view owner, std::string_view name,
                         const std::vector<std::string>& known) {
  if (name.empty())
    throw InputError(text(owner, ": a value needs a name (known: ", joined(known), ")"));
  throw UnknownName(text(owner, ": unknown hyper-parameter '", name, "'", suggestion(name, known)));
}

Settings with_names(Settings settings, std::string_view owner,
                    const std::vector<FieldInfo>& fields) {
  if (!settings.empty() && settings.front().name.empty()) settings.front().name = fields[0].name;
  if (std::ranges::find(settings, "", &Setting::name) == settings.end()) return settings;
  std::vector<std::string_view> known;
  known.reserve(fields.size());
  for (const FieldInfo& field : fields) known.push_back(field.name);
  throw InputError(
      text(owner, ": each value but the first needs a name (known: ", joined(known), ")"));
}

}  // namespace ravine::optim
