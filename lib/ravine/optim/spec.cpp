#include "ravine/optim/spec.hpp"

#include <ostream>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::optim {
namespace {

Setting parse_item(std::string_view text) {
  if (text.find('=') != std::string_view::npos) return parse_setting(text);
  return {"", parse_value(text)};
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const Spec& spec) {
  out << spec.name;
  const char* before = ":";
  for (const Setting& setting : spec.settings) {
    out << before;
    if (setting.name.empty())
      out << setting.value;
    else
      out << setting;
    before = ",";
  }
  return out;
}

Spec parse_spec(std::string_view text, Colon end_of_name) {
  const std::size_t colon = end_of_name == Colon::first ? text.find(':') : text.rfind(':');
  Spec spec{.name = std::string(trimmed(text.substr(0, colon))), .settings = {}};
  if (spec.name.empty())
    throw InputError(ravine::text("'", text, "' must be a name, or name:setting=value,..."));
  if (colon == std::string_view::npos) return spec;
  try {
    for (const std::string_view item : split(text.substr(colon + 1), ','))
      spec.settings.push_back(parse_item(trimmed(item)));
  } catch (const InputError& error) {
    throw InputError(ravine::text("'", text, "': ", error.what()));
  }
  return spec;
}

std::vector<Spec> parse_specs(std::string_view text) {
  std::vector<std::string> texts;
  for (const std::string_view part : split(text, ',')) {
    const std::string_view piece = trimmed(part);
    const std::size_t equals = piece.find('=');
    const bool continues = equals != std::string_view::npos && piece.find(':') > equals;
    if (continues && !texts.empty())
      texts.back().append(texts.back().find(':') == std::string::npos ? ":" : ",").append(piece);
    else
      texts.emplace_back(piece);
  }
  std::vector<Spec> specs;
  specs.reserve(texts.size());
  for (const std::string& spec : texts) specs.push_back(parse_spec(spec));
  return specs;
}

}  // namespace ravine::optim
