#include "ravine/report/run_record.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "ravine/report/json_parts.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

using Json = nlohmann::ordered_json;

double number_of(const Json& json) {
  return json.is_null() ? std::numeric_limits<double>::quiet_NaN() : json.get<double>();
}

/// The library would take -1 and 1.5 for a count, too.
std::uint64_t count_of(const Json& json) {
  if (!json.is_number_unsigned()) throw InputError(text("'", json.dump(), "' is no whole number"));
  return json.get<std::uint64_t>();
}

train::Status status_of(const std::string& name) {
  for (const auto status :
       std::array{train::Status::finished, train::Status::stopped, train::Status::diverged})
    if (name == train::name_of(status)) return status;
  throw InputError(text("'", name, "' is no status"));
}

Json epochs_json(const std::vector<compare::EpochRecord>& epochs) {
  Json json = Json::array();
  for (const auto& [train_loss, validation_loss, validation_metric, seconds] : epochs)
    json.push_back({train_loss, validation_loss, validation_metric, seconds});
  return json;
}

std::vector<compare::EpochRecord> epochs_of(const Json& json) {
  std::vector<compare::EpochRecord> epochs;
  for (const Json& epoch : json)
    epochs.push_back({.train_loss = number_of(epoch.at(0)),
                      .validation_loss = number_of(epoch.at(1)),
                      .validation_metric = number_of(epoch.at(2)),
                      .seconds = number_of(epoch.at(3))});
  return epochs;
}

Json end_json(const std::optional<compare::EndResult>& end) {
  if (!end) return nullptr;
  return {{"train_loss", end->train_loss},
          {"test_loss", end->test_loss},
          {"test_metric", end->test_metric}};
}

std::optional<compare::EndResult> end_of(const Json& json) {
  if (json.is_null()) return {};
  return compare::EndResult{.train_loss = number_of(json.at("train_loss")),
                            .test_loss = number_of(json.at("test_loss")),
                            .test_metric = number_of(json.at("test_metric"))};
}

optim::Settings point_of(const Json& json) {
  optim::Settings point;
  for (const auto& [name, value] : json.get_ref<const Json::object_t&>())
    point.push_back({name, value_of(value)});
  return point;
}

RunRecord record_of(const Json& json) {
  return {.data = json.at("data"),
          .optimizer = json.at("optimizer"),
          .fresh = json.at("fresh"),
          .run = {.key = {.point = point_of(json.at("point")), .seed = count_of(json.at("seed"))},
                  .status = status_of(json.at("status")),
                  .reason = json.at("reason"),
                  .epochs = epochs_of(json.at("epochs")),
                  .end = end_of(json.at("end")),
                  .steps = count_of(json.at("steps")),
                  .seconds = number_of(json.at("seconds")),
                  .state_bytes_per_parameter = count_of(json.at("state_bytes_per_parameter"))}};
}

/// Where a text stands among others. A name may have bytes that are not UTF-8, which were replaced
/// when it was written.
template <class Items, class Text>
std::size_t place_of(const Items& items, const std::string& wanted, const Text& text_of) {
  const auto found = std::ranges::find_if(items, [&](const auto& item) {
    return Json::parse(document(Json(text_of(item)))).template get<std::string>() == wanted;
  });
  return static_cast<std::size_t>(found - items.begin());
}

}  // namespace

std::string record_line(const RunRecord& record) {
  const compare::Run& run = record.run;
  Json point = Json::object();
  add_settings(point, run.key.point);
  return document(Json{{"data", record.data},
                       {"optimizer", record.optimizer},
                       {"point", point},
                       {"seed", run.key.seed},
                       {"fresh", record.fresh},
                       {"status", train::name_of(run.status)},
                       {"reason", run.reason},
                       {"epochs", epochs_json(run.epochs)},
                       {"end", end_json(run.end)},
                       {"steps", run.steps},
                       {"seconds", run.seconds},
                       {"state_bytes_per_parameter", run.state_bytes_per_parameter}});
}

RunRecord parse_record(std::string_view line) {
  try {
    return record_of(Json::parse(line));
  } catch (const nlohmann::json::exception&) {
    throw InputError("not a run as `ravine compare` writes one");
  } catch (const InputError& error) {
    throw InputError(text("not a run as `ravine compare` writes one: ", error.what()));
  }
}

compare::Runs runs_of_entries(std::span<const RunRecord> records,
                              std::span<const compare::DataFacts> facts,
                              std::span<const compare::Contender> contenders) {
  compare::Runs runs(facts.size() * contenders.size());
  for (const RunRecord& record : records) {
    const std::size_t problem =
        place_of(facts, record.data, [](const auto& of_one) { return of_one.name; });
    const std::size_t contender =
        place_of(contenders, record.optimizer, [](const auto& spec) { return text(spec); });
    if (problem == facts.size() || contender == contenders.size())
      throw InputError(text("a run of ", record.optimizer, " on ", record.data,
                            ", which is not compared here, is in the journal"));
    std::vector<compare::Run>& of_entry = runs[problem * contenders.size() + contender];
    if (compare::find_run(of_entry, record.run.key) == nullptr) of_entry.push_back(record.run);
  }
  return runs;
}

}  // namespace ravine::report
