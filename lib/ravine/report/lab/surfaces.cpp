#include "ravine/report/lab/surfaces.hpp"

#include <nlohmann/json.hpp>

#include "ravine/report/json_parts.hpp"
#include "ravine/report/number.hpp"
#include "ravine/report/table.hpp"
#include "ravine/report/wrapped.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/version.hpp"

namespace ravine::report {
namespace {

using Json = nlohmann::ordered_json;

/// `(1, -2.5)`.
std::string point_text(const std::vector<double>& point) {
  constexpr int digits = 6;
  std::vector<std::string> numbers;
  numbers.reserve(point.size());
  for (const double coordinate : point) numbers.push_back(significant(coordinate, digits));
  return "(" + joined(numbers) + ")";
}

std::string minima_text(const lab::Surface& surface) {
  std::vector<std::string> points;
  for (const std::vector<double>& point : surface.minima) points.push_back(point_text(point));
  return joined(points);
}

}  // namespace

std::string surface_list(std::span<const lab::Surface> surfaces) {
  Table table{.columns = {{"surface"}, {"f"}, {"start"}, {"minimum"}}, .rows = {}};
  for (const lab::Surface& surface : surfaces)
    table.rows.push_back({surface.name, surface.function, point_text(surface.start),
                          surface.minima.size() == 1 ? point_text(surface.minima.front())
                                                     : text(surface.minima.size(), " of them")});
  return aligned(table) +
         "\nWhat one teaches, and optimizers to compare on it: `ravine lab surfaces NAME`.\n";
}

std::string surface_page(const lab::Surface& surface) {
  return text(surface.name, ": f = ", surface.function, "\n\n", wrapped({surface.teaches}),
              "\nstart    ", point_text(surface.start),
              "\nminimum  f* = ", significant(surface.least, 6), " at ", minima_text(surface),
              "\ncompare  ravine lab trajectory --surface ", surface.name, " --steps ",
              surface.steps, " --compare ", surface.optimizers, "\nsource   ", surface.source,
              "\n");
}

std::string surfaces_json(std::span<const lab::Surface> surfaces) {
  Json json{{"command", "lab surfaces"}, {"version", version}, {"surfaces", Json::array()}};
  for (const lab::Surface& surface : surfaces) {
    Json view = Json::array();
    for (const auto& [low, high] : surface.view) view.push_back({low, high});
    json["surfaces"].push_back({{"name", surface.name},
                                {"function", surface.function},
                                {"start", surface.start},
                                {"minima", surface.minima},
                                {"least", surface.least},
                                {"view", view},
                                {"teaches", surface.teaches},
                                {"optimizers", surface.optimizers},
                                {"steps", surface.steps},
                                {"source", surface.source}});
  }
  return document(json);
}

}  // namespace ravine::report
