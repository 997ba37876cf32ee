#include "ravine/report/trajectory.hpp"

#include <array>
#include <nlohmann/json.hpp>

#include "ravine/optim/registry.hpp"
#include "ravine/report/json_parts.hpp"
#include "ravine/report/number.hpp"
#include "ravine/report/table.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/version.hpp"

namespace ravine::report {
namespace {

using Json = nlohmann::ordered_json;

/// 1, 2, 5, 10, 20, ...: the first that gives at most `rows` rows.
std::size_t stride_for(std::size_t steps, std::size_t rows) {
  std::size_t power = 1;
  while (true) {
    for (const std::size_t factor : std::array<std::size_t, 3>{1, 2, 5})
      if (steps / (factor * power) <= rows) return factor * power;
    power *= 10;
  }
}

}  // namespace

std::string trajectory_text(const Descent& descent) {
  constexpr int digits = 8;
  constexpr std::size_t rows = 20;
  const lab::Trajectory& run = descent.trajectory;
  Table table{.columns = {{"step", Align::right}}, .rows = {}};
  for (std::size_t i = 1; i <= run.points.front().size(); ++i)
    table.columns.push_back({text("w", i), Align::right});
  table.columns.push_back({"f", Align::right});

  const std::size_t last = run.points.size() - 1;
  const std::size_t stride = stride_for(last, rows);
  for (std::size_t step = 0; step <= last; ++step) {
    if (step % stride != 0 && step != last) continue;
    std::vector<std::string> row{std::to_string(step)};
    for (const double coordinate : run.points[step]) row.push_back(significant(coordinate, digits));
    row.push_back(significant(run.values[step], digits));
    table.rows.push_back(std::move(row));
  }
  const auto& [optimizer, settings, steps] = descent.options;
  return text(optimizer, " ", joined(settings, " "), settings.empty() ? "" : " ", "on ",
              descent.function, "\n\n", aligned(table));
}

std::string trajectory_json(const Descent& descent) {
  Json optimizer{{"name", descent.options.optimizer}};
  for (const optim::FieldInfo& field : optim::find_rule(descent.options.optimizer).fields)
    optimizer[std::string(field.name)] = json_of<Json>(field.standard);
  add_settings(optimizer, descent.options.settings);
  const lab::Trajectory& run = descent.trajectory;
  return document(Json{{"command", "lab trajectory"},
                       {"version", version},
                       {"function", descent.function},
                       {"optimizer", optimizer},
                       {"steps", run.points.size() - 1},
                       {"diverged", run.diverged},
                       {"points", run.points},
                       {"values", run.values}});
}

}  // namespace ravine::report
