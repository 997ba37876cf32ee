#include "ravine/report/lab/trajectory_json.hpp"

#include <nlohmann/json.hpp>

#include "ravine/lab/arrival.hpp"
#include "ravine/optim/registry.hpp"
#include "ravine/report/json_parts.hpp"
#include "ravine/tensor/version.hpp"

namespace ravine::report {
namespace {

using Json = nlohmann::ordered_json;

Json beginning(const Descent& descent) {
  Json json{{"command", "lab trajectory"}, {"version", version}, {"function", descent.function}};
  if (descent.surface != nullptr) {
    json["surface"] = descent.surface->name;
    json["least"] = descent.surface->least;
  }
  return json;
}

Json optimizer_json(const optim::Spec& spec) {
  Json json{{"name", spec.name}};
  for (const optim::FieldInfo& field : optim::find_rule(spec.name).fields)
    json[std::string(field.name)] = json_of<Json>(field.standard);
  add_settings(json, spec.settings);
  return json;
}

}  // namespace

std::string trajectory_json(const Descent& descent) {
  const auto& [optimizer, trajectory] = descent.runs.front();
  Json json = beginning(descent);
  json["optimizer"] = optimizer_json(optimizer);
  json["steps"] = trajectory.points.size() - 1;
  json["diverged"] = trajectory.diverged;
  json["points"] = trajectory.points;
  json["values"] = trajectory.values;
  return document(json);
}

std::string trajectories_json(const Descent& descent) {
  Json json = beginning(descent);
  json["steps"] = descent.steps;
  if (descent.surface != nullptr) json["arrived_share"] = lab::arrived_share;
  json["runs"] = Json::array();
  for (const auto& [optimizer, trajectory] : descent.runs) {
    Json run{{"optimizer", optimizer_json(optimizer)},
             {"diverged", trajectory.diverged},
             {"points", trajectory.points},
             {"values", trajectory.values}};
    if (descent.surface != nullptr) {
      const auto step = lab::arrival(trajectory, descent.surface->least);
      run["arrived"] = step ? Json(*step) : Json(nullptr);
    }
    json["runs"].push_back(std::move(run));
  }
  return document(json);
}

}  // namespace ravine::report
