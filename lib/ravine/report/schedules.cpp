#include "ravine/report/schedules.hpp"

#include <nlohmann/json.hpp>

#include "ravine/report/fields.hpp"
#include "ravine/report/json_parts.hpp"
#include "ravine/report/table.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/version.hpp"

namespace ravine::report {
namespace {

using Json = nlohmann::ordered_json;

}  // namespace

std::string schedule_list(const std::vector<optim::ScheduleInfo>& schedules) {
  Table table{.columns = {{"schedule"}, {"what it does"}}, .rows = {}};
  for (const optim::ScheduleInfo& schedule : schedules)
    table.rows.push_back({std::string(schedule.about.name), std::string(schedule.about.summary)});
  return aligned(table) +
         "\nOne after another, as in --schedule warmup:500+cosine:min_lr=1e-5. A value without a "
         "name is that\nof the first setting; the last schedule takes the rest of the run.\n";
}

std::string schedule_page(const optim::ScheduleInfo& schedule) {
  return text(
      schedule.about.name, ": ", schedule.about.summary, "\n\n",
      indented(std::string(schedule.about.formula)),
      "\nlr: the rate without a schedule, t: the steps (or epochs) since it began, from 0\n\n",
      fields_text("setting", schedule.fields), "\nreference  ", schedule.about.reference, "\n");
}

std::string schedules_json(std::span<const optim::ScheduleInfo> schedules) {
  Json json{{"command", "schedules"}, {"version", version}, {"schedules", Json::array()}};
  for (const optim::ScheduleInfo& schedule : schedules)
    json["schedules"].push_back({{"name", schedule.about.name},
                                 {"summary", schedule.about.summary},
                                 {"rate", schedule.about.formula},
                                 {"settings", fields_json<Json>(schedule.fields)},
                                 {"reference", schedule.about.reference}});
  return document(json);
}

}  // namespace ravine::report
