#include "ravine/report/predictions.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <span>

#include "ravine/report/csv.hpp"
#include "ravine/report/json_parts.hpp"
#include "ravine/report/number.hpp"
#include "ravine/tensor/version.hpp"

namespace ravine::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr int float_digits = 9;  // from which every float reads back as it was

bool of_classes(const Predictions& p) { return p.schema.task == data::Task::classification; }

std::span<const float> row(const Predictions& p, std::size_t i) {
  const std::size_t columns = p.schema.class_names.size();
  return p.values.values().subspan(i * columns, columns);
}

const std::string& best_class(const Predictions& p, std::size_t i) {
  const auto probabilities = row(p, i);
  const auto best = std::ranges::max_element(probabilities) - probabilities.begin();
  return p.schema.class_names[static_cast<std::size_t>(best)];
}

std::string number(float value) { return significant(static_cast<double>(value), float_digits); }

}  // namespace

std::string predictions_csv(const Predictions& p) {
  std::string lines = of_classes(p) ? "class" : csv_cell(p.schema.target_name);
  if (of_classes(p))
    for (const std::string& name : p.schema.class_names) lines += "," + csv_cell("p_" + name);
  lines += '\n';
  for (std::size_t i = 0; i < p.values.shape()[0]; ++i) {
    lines += of_classes(p) ? csv_cell(best_class(p, i)) : number(p.values[i]);
    if (of_classes(p))
      for (const float probability : row(p, i)) lines += "," + number(probability);
    lines += '\n';
  }
  return lines;
}

std::string predictions_json(const Predictions& p,
                             const std::optional<std::filesystem::path>& out) {
  Json json{{"command", "predict"},
            {"version", version},
            {"data", {{"name", p.dataset}, {"task", data::name_of(p.schema.task)}}},
            {"examples", p.values.shape()[0]},
            {"out", nullptr}};
  if (of_classes(p)) json["classes"] = p.schema.class_names;
  if (out) {
    json["out"] = out->string();
    return document(json);
  }
  json["predictions"] = Json::array();
  for (std::size_t i = 0; i < p.values.shape()[0]; ++i) {
    if (of_classes(p))
      json["predictions"].push_back({{"class", best_class(p, i)}, {"probabilities", row(p, i)}});
    else
      json["predictions"].push_back(p.values[i]);
  }
  return document(json);
}

}  // namespace ravine::report
