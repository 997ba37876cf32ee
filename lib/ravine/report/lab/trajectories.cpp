#include "ravine/report/lab/trajectories.hpp"

#include <algorithm>

#include "ravine/lab/arrival.hpp"
#include "ravine/report/lab/trajectory_figures.hpp"
#include "ravine/report/lab/trajectory_json.hpp"
#include "ravine/report/lab/trajectory_rows.hpp"
#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

constexpr int compared_digits = 6;
const double arrived_percent = 100 * lab::arrived_share;

bool has_risen(const lab::Trajectory& run) { return run.values.back() > run.values.front(); }

std::string remark(const lab::Trajectory& run) {
  if (run.diverged) return text("diverged after step ", run.values.size() - 1);
  return has_risen(run) ? "higher than at the start" : "";
}

Table ends(const Descent& descent) {
  constexpr std::size_t most_coordinates = 4;  // as many as fit on a line
  const std::size_t dimension = descent.runs.front().trajectory.points.front().size();
  const bool has_point = dimension <= most_coordinates;
  Table table{.columns = {{"optimizer"}}, .rows = {}};
  if (has_point)
    for (std::size_t i = 1; i <= dimension; ++i)
      table.columns.push_back({text("w", i), Align::right});
  table.columns.push_back({"f", Align::right});
  if (descent.surface != nullptr)
    table.columns.push_back({text("within ", arrived_percent, " %"), Align::right});
  const bool has_remark = std::ranges::any_of(
      descent.runs, [](const DescentRun& run) { return !remark(run.trajectory).empty(); });
  if (has_remark) table.columns.push_back({""});

  for (const auto& [optimizer, run] : descent.runs) {
    std::vector<std::string> row{text(optimizer)};
    if (has_point)
      for (const double coordinate : run.points.back())
        row.push_back(significant(coordinate, compared_digits));
    row.push_back(significant(run.values.back(), compared_digits));
    if (descent.surface != nullptr) {
      const auto step = lab::arrival(run, descent.surface->least);
      row.push_back(step ? text("step ", *step) : "–");
    }
    if (has_remark) row.push_back(remark(run));
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// The names of the runs for which `holds`.
template <class Predicate>
std::string names_where(const Descent& descent, Predicate holds) {
  std::vector<std::string> names;
  for (const auto& [optimizer, run] : descent.runs)
    if (holds(run)) names.push_back(text(optimizer));
  return joined(names, " and ");
}

std::string lowest(const Descent& descent) {
  const DescentRun* best = nullptr;
  for (const DescentRun& run : descent.runs)
    if (!run.trajectory.diverged &&
        (best == nullptr || run.trajectory.values.back() < best->trajectory.values.back()))
      best = &run;
  if (best == nullptr) return "All of them diverge.\n";
  return text("Lowest after ", counted(descent.steps, "step"), " of ", descent.runs.size(), ": ",
              best->optimizer, ", where f is ",
              significant(best->trajectory.values.back(), compared_digits), " (",
              significant(best->trajectory.values.front(), compared_digits), " at the start).\n");
}

std::string first_arrived(const Descent& descent) {
  const DescentRun* first = nullptr;
  std::size_t step = 0;
  for (const DescentRun& run : descent.runs) {
    const auto arrived = lab::arrival(run.trajectory, descent.surface->least);
    if (arrived && (first == nullptr || *arrived < step)) {
      first = &run;
      step = *arrived;
    }
  }
  const std::string close = text(
      "at ",
      significant(lab::arrived_height(descent.runs.front().trajectory, descent.surface->least)),
      " or less, ", arrived_percent, " % of the start's height above the least value, ",
      significant(descent.surface->least, compared_digits));
  if (first == nullptr) return text("None comes to stay ", close, ".\n");
  return text("First to stay ", close, ": ", first->optimizer, ", from step ", step, " on.\n");
}

std::string comparison_findings(const Descent& descent) {
  std::string lines = lowest(descent);
  if (descent.surface != nullptr) lines += first_arrived(descent);
  const std::string diverged =
      names_where(descent, [](const lab::Trajectory& run) { return run.diverged; });
  if (!diverged.empty()) lines += text("No longer finite in the end: ", diverged, ".\n");
  const std::string risen = names_where(
      descent, [](const lab::Trajectory& run) { return !run.diverged && has_risen(run); });
  if (!risen.empty()) lines += text("Higher in the end than at the start: ", risen, ".\n");
  if (descent.surface != nullptr) lines += descent.surface->teaches + "\n";
  return lines;
}

Table every_step(const Descent& descent) {
  Table csv{.columns = step_columns(descent.runs.front().trajectory), .rows = {}};
  csv.columns.insert(csv.columns.begin(), Column{"optimizer"});
  for (const auto& [optimizer, run] : descent.runs) {
    const std::string name = text(optimizer);
    for (std::size_t step = 0; step < run.points.size(); ++step) {
      std::vector<std::string> row = step_row(run, step, exact_digits);
      row.insert(row.begin(), name);
      csv.rows.push_back(std::move(row));
    }
  }
  return csv;
}

}  // namespace

Exhibit trajectories_exhibit(const Descent& descent) {
  const std::string title =
      text(counted(descent.runs.size(), "optimizer"), " on ", descent.function);
  return {.title = title,
          .findings = comparison_findings(descent),
          .tables = {{text(title, ", ", counted(descent.steps, "step")), ends(descent)}},
          .json = trajectories_json(descent),
          .csv = every_step(descent),
          .figures = trajectory_figures(descent)};
}

}  // namespace ravine::report
