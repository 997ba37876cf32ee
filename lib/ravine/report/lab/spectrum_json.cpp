#include "ravine/report/lab/spectrum_json.hpp"

#include <nlohmann/json.hpp>

#include "ravine/optim/common_fields.hpp"
#include "ravine/report/json_parts.hpp"
#include "ravine/tensor/version.hpp"

namespace ravine::report {
namespace {

using Json = nlohmann::ordered_json;
using lab::DescentForecast;
using lab::SharpnessPath;
using lab::Spectrum;

Json path_json(const SharpnessPath& path) {
  Json looks = Json::array();
  for (const auto& [step, value, converged] : path.sharpness)
    looks.push_back({{"step", step}, {"value", value}, {"converged", converged}});
  return {{"limit", path.limit},
          {"losses", path.losses},
          {"sharpness", looks},
          {"diverged", path.diverged},
          {"products", path.products}};
}

Json count_or_null(const std::optional<std::size_t>& count) {
  return count ? Json(*count) : Json(nullptr);
}

Json forecast_json(const DescentForecast& forecast, bool has_momentum) {
  Json json{{std::string(optim::lr_name), forecast.settings.lr}};
  if (has_momentum) json[std::string(optim::momentum_name)] = forecast.settings.momentum;
  json["largest_stable_lr"] = forecast.largest_stable_lr;
  json["rate"] = or_null<Json>(forecast.rate);
  json["predicted_steps"] = count_or_null(forecast.predicted_steps);
  if (forecast.not_within) json["not_within"] = *forecast.not_within;
  json["measured_steps"] =
      count_or_null(forecast.measured ? forecast.measured->steps : std::optional<std::size_t>());
  if (forecast.path) json["path"] = path_json(*forecast.path);
  return json;
}

Json rounded_json(const std::vector<lab::RoundedColumn>& columns) {
  Json list = Json::array();
  for (const auto& [name, distance, error] : columns)
    list.push_back({{"name", name}, {"distance", distance}, {"error", error}});
  return list;
}

/// What the way by which the curvature was found has to say besides.
void add_details(Json& json, const Spectrum& result) {
  if (result.gram) {
    json["tolerance"] = result.tolerance;
    json["least_loss"] = result.gram->least_loss;
    json["rank"] = result.gram->rank;
    json["eigenvalues"] = result.gram->eigenvalues;
    return;
  }
  json["loss"] = result.lanczos->loss;
  json["products"] = result.lanczos->products;
  const auto add_end = [&](const std::string& end, double error) {
    json[end + "_error"] = error;
    json[end + "_exact"] = is_exact(result, error);
  };
  add_end("largest", result.lanczos->largest_error);
  add_end("smallest", result.lanczos->smallest_error);
  json["ritz_values"] = result.lanczos->ritz_values;
}

}  // namespace

std::string spectrum_json(const SpectrumStudy& study) {
  const Spectrum& result = study.result;
  const auto& [kind, layers, activation] = result.architecture;
  Json json{{"command", "lab spectrum"},
            {"version", version},
            {"data",
             {{"name", study.source},
              {"task", data::name_of(study.task)},
              {"examples", result.examples},
              {"of", study.available},
              {"target_standardised", study.task == data::Task::regression},
              {"rounded_columns", rounded_json(study.rounded)}}},
            {"model",
             {{"kind", name_of(kind)},
              {"layers", layers},
              {"activation", name_of(activation)},
              {"parameters", result.parameters}}},
            {"seed", study.options.seed},
            {"threads", study.environment.threads},
            {"blas", blas_json<Json>(study.environment)},
            {"method", result.gram ? "gram" : "lanczos"},
            {"condition_number", or_null<Json>(result.condition_number)},
            {"largest", result.largest},
            {"smallest", result.smallest}};
  add_details(json, result);
  json["gd"] = forecast_json(result.descent, /*has_momentum=*/false);
  json[std::string(optim::momentum_name)] = forecast_json(result.momentum, /*has_momentum=*/true);
  return document(json);
}

}  // namespace ravine::report
