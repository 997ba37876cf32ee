#include "ravine/report/comparison_csv.hpp"

#include <algorithm>
#include <cmath>

#include "ravine/report/csv.hpp"
#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

struct Cell {
  std::string column;
  std::string content;
};
using Row = std::vector<Cell>;

std::string number(const std::optional<double>& value) {
  return value && std::isfinite(*value) ? exact(*value) : "";
}

void add_summary(Row& row, const std::string& name,
                 const std::optional<compare::Summary>& summary) {
  const bool known = summary && summary->ci95;
  row.push_back({name + "_mean", summary ? number(summary->mean) : ""});
  row.push_back({name + "_std", summary ? number(summary->std) : ""});
  row.push_back({name + "_ci95_low", known ? number(summary->ci95->low) : ""});
  row.push_back({name + "_ci95_high", known ? number(summary->ci95->high) : ""});
  row.push_back({name + "_n", std::to_string(summary ? summary->n : 0)});
}

void add_times(Row& row, const std::string& name, const compare::TimeToTarget& times) {
  row.push_back({name + "_median", number(times.median)});
  row.push_back({name + "_reached", std::to_string(times.reached)});
  row.push_back({name + "_of", std::to_string(times.of)});
}

Row row_of(const compare::Comparison& comparison, std::size_t i) {
  const compare::Standing& standing = comparison.standings[i];
  const auto& tuned = standing.tuned;
  const std::string test = text("test_", comparison.metric.name);
  Row row{{"data", comparison.facts.name},
          {"task", data::name_of(comparison.facts.task)},
          {"optimizer", text(standing.contender)},
          {"rule", standing.contender.name},
          {"tuned", tuned ? joined(tuned->settings, " ") : ""},
          {"best", comparison.best == i ? "true" : "false"},
          {"at_edge", standing.at_edge ? "true" : "false"},
          {"selected_validation", number(standing.selected_validation)}};
  add_summary(row, "fresh_validation", tuned ? tuned->validation_metric : std::nullopt);
  row.push_back({"lucky", standing.lucky ? "true" : "false"});
  add_summary(row, test, tuned ? tuned->test_metric : std::nullopt);
  add_summary(row, "train_loss", tuned ? tuned->train_loss : std::nullopt);
  row.push_back({"default_hyperparameters", joined(standing.defaults.settings, " ")});
  add_summary(row, "default_" + test, standing.defaults.test_metric);
  add_summary(row, "default_train_loss", standing.defaults.train_loss);
  row.push_back({"default_diverged", std::to_string(standing.defaults.diverged)});
  add_times(row, "epochs_to_target", standing.epochs_to_target);
  add_times(row, "steps_to_target", standing.steps_to_target);
  add_times(row, "seconds_to_target", standing.seconds_to_target);
  row.push_back({"diverged", std::to_string(tuned ? tuned->diverged : 0)});
  row.push_back({"diverged_trials", std::to_string(standing.diverged_trials)});
  row.push_back({"stopped_trials", std::to_string(standing.stopped_trials)});
  row.push_back({"step_seconds", number(standing.step_seconds)});
  row.push_back({"state_bytes_per_parameter", std::to_string(standing.state_bytes_per_parameter)});
  row.push_back({"lr_width_decades", number(standing.lr_width_decades)});
  return row;
}

/// Of all rows: datasets of classes and of numbers have metrics of their own.
std::vector<std::string> columns_of(const std::vector<Row>& rows) {
  std::vector<std::string> columns;
  for (const Row& row : rows)
    for (const Cell& cell : row)
      if (std::ranges::find(columns, cell.column) == columns.end()) columns.push_back(cell.column);
  return columns;
}

}  // namespace

std::string comparison_csv(const Results& results) {
  std::vector<Row> rows;
  for (const compare::Comparison& comparison : results.comparisons)
    for (std::size_t i = 0; i < comparison.standings.size(); ++i)
      rows.push_back(row_of(comparison, i));
  const std::vector<std::string> columns = columns_of(rows);
  std::string lines = csv_line(columns);
  for (const Row& row : rows) {
    std::vector<std::string> cells;
    for (const std::string& column : columns) {
      const auto cell = std::ranges::find(row, column, &Cell::column);
      cells.push_back(cell == row.end() ? "" : cell->content);
    }
    lines += csv_line(cells);
  }
  return lines;
}

}  // namespace ravine::report
