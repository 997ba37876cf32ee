#include "ravine/report/lab/trajectory.hpp"

#include "ravine/lab/arrival.hpp"
#include "ravine/report/lab/spread.hpp"
#include "ravine/report/lab/trajectory_figures.hpp"
#include "ravine/report/lab/trajectory_json.hpp"
#include "ravine/report/lab/trajectory_rows.hpp"
#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

constexpr int course_digits = 8;

std::string course_findings(const Descent& descent) {
  const lab::Trajectory& run = descent.runs.front().trajectory;
  const std::size_t last = run.values.size() - 1;
  std::string sentences =
      text("f goes from ", significant(run.values.front(), course_digits), " to ",
           significant(run.values.back(), course_digits), " in ", counted(last, "step"));
  if (run.diverged)
    return sentences + "; the next point, or f there, is no longer finite: the run diverges.";
  if (descent.surface == nullptr) return sentences + ".";
  const auto step = lab::arrival(run, descent.surface->least);
  const std::string there =
      text(significant(lab::arrived_height(run, descent.surface->least)), " or less, ",
           100 * lab::arrived_share, " % of the start's height above that.");
  sentences +=
      text("; its least value is ", significant(descent.surface->least, course_digits), ".\n");
  if (step)
    sentences += text("From step ", *step, " on it stays at ", there);
  else
    sentences += text("It does not come to stay at ", there);
  return sentences;
}

}  // namespace

Exhibit trajectory_exhibit(const Descent& descent) {
  constexpr std::size_t rows = 20;
  const auto& [optimizer, trajectory] = descent.runs.front();
  Table table{.columns = step_columns(trajectory), .rows = {}};
  for (const std::size_t step : spread_steps(trajectory.points.size() - 1, rows))
    table.rows.push_back(step_row(trajectory, step, course_digits));
  Table csv{.columns = table.columns, .rows = {}};
  for (std::size_t step = 0; step < trajectory.points.size(); ++step)
    csv.rows.push_back(step_row(trajectory, step, exact_digits));

  const std::string title = text(optimizer.name, " ", joined(optimizer.settings, " "),
                                 optimizer.settings.empty() ? "" : " ", "on ", descent.function);
  return {.title = title,
          .findings = course_findings(descent),
          .tables = {{title, std::move(table)}},
          .json = trajectory_json(descent),
          .csv = std::move(csv),
          .figures = trajectory_figures(descent)};
}

}  // namespace ravine::report
