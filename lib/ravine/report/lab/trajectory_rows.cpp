#include "ravine/report/lab/trajectory_rows.hpp"

#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {

std::vector<Column> step_columns(const lab::Trajectory& run) {
  std::vector<Column> columns{{"step", Align::right}};
  for (std::size_t i = 1; i <= run.points.front().size(); ++i)
    columns.push_back({text("w", i), Align::right});
  columns.push_back({"f", Align::right});
  return columns;
}

std::vector<std::string> step_row(const lab::Trajectory& run, std::size_t step, int digits) {
  std::vector<std::string> row{std::to_string(step)};
  for (const double coordinate : run.points[step]) row.push_back(significant(coordinate, digits));
  row.push_back(significant(run.values[step], digits));
  return row;
}

}  // namespace ravine::report
