#include "ravine/report/figure.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "ravine/report/json_parts.hpp"

namespace ravine::report {
namespace {

using Json = nlohmann::ordered_json;

/// Six digits that count: more are not seen, and a page with many cells stays small.
double rounded(double number) {
  if (number == 0 || !std::isfinite(number)) return number;
  const double scale = std::pow(10.0, 5 - std::floor(std::log10(std::abs(number))));
  // Beyond the ends of the exponent's range there is no such power of ten.
  return std::isnormal(scale) ? std::round(number * scale) / scale : number;
}

Json numbers(const std::vector<double>& values) {
  Json json = Json::array();
  for (const double value : values) json.push_back(rounded(value));
  return json;
}

const char* name_of(Mark mark) {
  switch (mark) {
    case Mark::line:
      return "line";
    case Mark::dashed:
      return "dashed";
    case Mark::points:
      return "points";
    case Mark::path:
      break;
  }
  return "path";
}

const char* name_of(Colours colours) {
  switch (colours) {
    case Colours::sequential:
      return "sequential";
    case Colours::diverging:
      return "diverging";
    case Colours::classes:
      break;
  }
  return "classes";
}

Json part_json(const Axis& axis) {
  Json json{{"title", axis.title}, {"type", axis.scale == Scale::log ? "log" : "linear"}};
  if (axis.domain) json["domain"] = {axis.domain->first, axis.domain->second};
  return json;
}

Json part_json(const std::vector<Series>& all) {
  Json json = Json::array();
  for (const Series& series : all)
    json.push_back({{"name", series.name},
                    {"mark", name_of(series.mark)},
                    {"x", numbers(series.x)},
                    {"y", numbers(series.y)},
                    {"low", numbers(series.low)},
                    {"high", numbers(series.high)}});
  return json;
}

Json part_json(const std::vector<ReferenceLine>& lines) {
  Json json = Json::array();
  for (const auto& [label, at] : lines) json.push_back({{"label", label}, {"at", at}});
  return json;
}

Json part_json(const Curves& curves) {
  return {{"kind", "curves"},
          {"title", curves.title},
          {"caption", curves.caption},
          {"x", part_json(curves.x)},
          {"y", part_json(curves.y)},
          {"series", part_json(curves.series)},
          {"at_x", part_json(curves.at_x)},
          {"at_y", part_json(curves.at_y)}};
}

Json part_json(const Map& map) {
  return {{"kind", "map"},
          {"title", map.title},
          {"caption", map.caption},
          {"x", part_json(map.x)},
          {"y", part_json(map.y)},
          {"columns", map.columns},
          {"rows", map.rows},
          {"values", numbers(map.values)},
          {"value_title", map.value_title},
          {"colours", name_of(map.colours)},
          {"classes", map.classes},
          {"log_values", map.log_values},
          {"isolines", map.isolines},
          {"series", part_json(map.series)}};
}

Json part_json(const Frames& frames) {
  Json strips = Json::array();
  for (const Strip& strip : frames.strips) {
    Json pictures = Json::array();
    for (const Picture& picture : strip.pictures)
      pictures.push_back({{"label", picture.label},
                          {"columns", picture.columns},
                          {"rows", picture.rows},
                          {"values", numbers(picture.values)}});
    strips.push_back({{"name", strip.name}, {"pictures", pictures}});
  }
  return {{"kind", "frames"},  {"title", frames.title}, {"caption", frames.caption},
          {"low", frames.low}, {"high", frames.high},   {"strips", strips}};
}

}  // namespace

std::string figures_json(const std::vector<Figure>& figures) {
  Json json = Json::array();
  for (const Figure& figure : figures)
    json.push_back(std::visit([](const auto& drawn) { return part_json(drawn); }, figure));
  return document(json);
}

}  // namespace ravine::report
