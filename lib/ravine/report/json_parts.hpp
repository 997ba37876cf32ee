#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ravine/optim/field.hpp"
#include "ravine/optim/group.hpp"
#include "ravine/report/environment.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/train/fit.hpp"

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

/// The reverse of `json_of`. Throws the JSON library's exceptions for what is none of the three.
template <class Json>
optim::Value value_of(const Json& json) {
  if (json.is_boolean()) return json.template get<bool>();
  if (json.is_array()) return json.template get<std::vector<double>>();
  return json.template get<double>();
}

/// The fields of an optimizer or a schedule, as its page shows them.
template <class Json>
Json fields_json(const std::vector<optim::FieldInfo>& fields) {
  Json json = Json::array();
  for (const optim::FieldInfo& field : fields) {
    json.push_back({{"name", field.name},
                    {"default", json_of<Json>(field.standard)},
                    {"range", field.range},
                    {"help", field.help}});
    if (!field.alias.empty()) json.back()["alias"] = field.alias;
  }
  return json;
}

/// Adds every setting under its name.
template <class Json>
void add_settings(Json& object, const optim::Settings& settings) {
  for (const auto& [name, value] : settings) object[name] = json_of<Json>(value);
}

/// Each with its pattern and what it sets.
template <class Json>
Json groups_json(const optim::Groups& groups) {
  Json json = Json::array();
  for (const optim::Group& group : groups) {
    Json entry{{"pattern", group.pattern}};
    add_settings(entry, group.settings);
    json.push_back(entry);
  }
  return json;
}

template <class Json>
Json or_null(const std::optional<double>& number) {
  return number ? Json(*number) : Json(nullptr);
}

/// As on a command line.
template <class Json, class Choice>
Json text_or_null(const std::optional<Choice>& choice) {
  return choice ? Json(text(*choice)) : Json(nullptr);
}

/// Adds how training goes on around the rule, under the names of the command's options.
template <class Json>
void add_fit_options(Json& object, const train::FitOptions& fit) {
  object["epochs"] = fit.epochs;
  object["batch_size"] = fit.batch_size;
  object["accumulate"] = fit.accumulate;
  object["schedule"] = text_or_null<Json>(fit.schedule);
  object["momentum_schedule"] = text_or_null<Json>(fit.momentum_schedule);
  object["schedule_unit"] = train::name_of(fit.schedule_unit);
  object["clip_norm"] = or_null<Json>(fit.clip_norm);
  object["clip_value"] = or_null<Json>(fit.clip_value);
  object["average"] = text_or_null<Json>(fit.average);
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
