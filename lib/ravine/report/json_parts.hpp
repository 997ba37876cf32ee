#pragma once

#include <string>

#include "ravine/optim/field.hpp"
#include "ravine/report/environment.hpp"

// Parts that several documents share. They are templates over the JSON type so that this header
// does not bring it in.

namespace ravine::report {

/// `true` or a number; what is not finite becomes null when it is written.
template <class Json>
Json json_of(const optim::Value& value) {
  if (value.is_flag()) return value.flag();
  if (value.is_number()) return value.number();
  return value.list();
}

/// The fields of an optimizer or a schedule, as its page shows them.
template <class Json>
Json fields_json(const std::vector<optim::FieldInfo>& fields) {
  Json json = Json::array();
  for (const optim::FieldInfo& field : fields)
    json.push_back({{"name", field.name},
                    {"default", json_of<Json>(field.standard)},
                    {"range", field.range},
                    {"help", field.help}});
  return json;
}

/// Adds every setting under its name.
template <class Json>
void add_settings(Json& object, const optim::Settings& settings) {
  for (const auto& [name, value] : settings) object[name] = json_of<Json>(value);
}

template <class Json>
Json blas_json(const Environment& environment) {
  Json blas{{"core", environment.blas_core}, {"threads", environment.blas_threads}};
  if (!environment.forced_core.empty()) blas["forced_core"] = environment.forced_core;
  return blas;
}

/// One line, ended. Text that is not UTF-8 (a file's name may be anything) has its bytes replaced.
template <class Json>
std::string document(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace ravine::report
