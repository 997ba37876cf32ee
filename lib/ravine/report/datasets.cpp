#include "ravine/report/datasets.hpp"

#include <nlohmann/json.hpp>

#include "ravine/report/json_parts.hpp"
#include "ravine/report/number.hpp"
#include "ravine/report/table.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/version.hpp"

namespace ravine::report {
namespace {

using Json = nlohmann::ordered_json;

std::string place(const data::Listing& listing) {
  return listing.found.empty() ? "not here; get it: " + listing.how_to_get : listing.found.string();
}

}  // namespace

std::string dataset_list(std::span<const data::Listing> listings) {
  Table table{.columns = {{"dataset"},
                          {"task"},
                          {"train", Align::right},
                          {"test", Align::right},
                          {"features", Align::right},
                          {"classes", Align::right},
                          {"what it is"},
                          {"where"}},
              .rows = {}};
  for (const data::Listing& listing : listings)
    table.rows.push_back(
        {listing.name, data::name_of(listing.task), grouped(listing.train_examples),
         listing.test_examples == 0 ? "-" : grouped(listing.test_examples),
         grouped(listing.features), listing.classes == 0 ? "-" : grouped(listing.classes),
         listing.description, place(listing)});
  return aligned(table);
}

std::string datasets_json(std::span<const data::Listing> listings) {
  const auto or_null = [](const std::string& name) {
    return name.empty() ? Json(nullptr) : Json(name);
  };
  Json json{{"command", "data list"}, {"version", version}, {"datasets", Json::array()}};
  for (const data::Listing& listing : listings)
    json["datasets"].push_back({{"name", listing.name},
                                {"description", listing.description},
                                {"task", data::name_of(listing.task)},
                                {"train", listing.train_examples},
                                {"test", listing.test_examples},
                                {"features", listing.features},
                                {"classes", listing.classes},
                                {"found", or_null(listing.found.string())},
                                {"how_to_get", or_null(listing.how_to_get)}});
  return document(json);
}

}  // namespace ravine::report
