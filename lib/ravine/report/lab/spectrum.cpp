#include "ravine/report/lab/spectrum.hpp"

#include <algorithm>

#include "ravine/optim/common_fields.hpp"
#include "ravine/report/lab/spectrum_figures.hpp"
#include "ravine/report/lab/spectrum_json.hpp"
#include "ravine/report/lab/spectrum_words.hpp"
#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

using lab::DescentForecast;
using lab::SharpnessPath;
using lab::Spectrum;

const std::string none = "–";

std::string steps_cell(const std::optional<std::size_t>& count) {
  return count ? grouped(*count) : none;
}

std::vector<Column> setting_columns() {
  return {{""}, {"learning rate", Align::right}, {std::string(optim::momentum_name), Align::right}};
}

std::string momentum_cell(double momentum) {
  return momentum > 0.999 ? below_one(momentum) : readable(momentum);
}

std::vector<std::string> setting_cells(const std::string& rule, const DescentForecast& forecast,
                                       bool has_momentum) {
  return {rule, readable(forecast.settings.lr),
          has_momentum ? momentum_cell(forecast.settings.momentum) : none};
}

template <class Cells>
Table table_of(const Spectrum& result, const std::vector<Column>& further, Cells cells) {
  Table table{.columns = setting_columns(),
              .rows = {setting_cells(descent_label, result.descent, false),
                       setting_cells(momentum_label(), result.momentum, true)}};
  table.columns.insert(table.columns.end(), further.begin(), further.end());
  const std::vector<std::string> of_descent = cells(result.descent);
  const std::vector<std::string> of_momentum = cells(result.momentum);
  table.rows[0].insert(table.rows[0].end(), of_descent.begin(), of_descent.end());
  table.rows[1].insert(table.rows[1].end(), of_momentum.begin(), of_momentum.end());
  return table;
}

std::string predicted_cell(const DescentForecast& forecast) {
  return forecast.not_within ? text("more than ", grouped(*forecast.not_within))
                             : steps_cell(forecast.predicted_steps);
}

Table step_table(const Spectrum& result) {
  std::vector<Column> columns{{"rate", Align::right}, {"predicted steps", Align::right}};
  const bool is_run = result.descent.measured.has_value();
  if (is_run) columns.push_back({"measured steps", Align::right});
  return table_of(result, columns, [&](const DescentForecast& forecast) {
    std::vector<std::string> cells{below_one(*forecast.rate), predicted_cell(forecast)};
    if (is_run) cells.push_back(steps_cell(forecast.measured->steps));
    return cells;
  });
}

std::vector<std::string> path_cells(const std::optional<SharpnessPath>& path) {
  if (!path) return {none, none, none, none};
  const auto highest = std::ranges::max_element(path->sharpness, {}, &lab::Sharpness::value);
  return {
      readable(path->limit), text(highest->converged ? "" : "at least ", readable(highest->value)),
      text(grouped(steps_uphill(*path).size()), " of ", counted(path->losses.size() - 1, "step")),
      path->diverged ? "diverged" : significant(path->losses.back(), 4)};
}

Table limit_table(const Spectrum& result) {
  std::vector<Column> columns{{"learning rate limit", Align::right}};
  const bool is_run = result.descent.path.has_value();
  if (is_run)
    for (const char* title : {"sharpness limit", "highest sharpness", "loss rose in", "final loss"})
      columns.push_back({title, Align::right});
  return table_of(result, columns, [&](const DescentForecast& forecast) {
    std::vector<std::string> cells{readable(forecast.largest_stable_lr)};
    if (is_run)
      for (const std::string& cell : path_cells(forecast.path)) cells.push_back(cell);
    return cells;
  });
}

// --- CSV

std::string number_at(const std::vector<double>& numbers, std::size_t k) {
  return k < numbers.size() ? exact(numbers[k]) : "";
}

Table curvature_rows(const std::vector<double>& curvatures) {
  Table csv{.columns = {{"curvature"}}, .rows = {}};
  for (const double curvature : curvatures) csv.rows.push_back({exact(curvature)});
  return csv;
}

Table gap_rows(const Spectrum& result) {
  Table csv{.columns = {{"step"},
                        {"gd_predicted"},
                        {"gd_measured"},
                        {"momentum_predicted"},
                        {"momentum_measured"}},
            .rows = {}};
  const std::vector<double>& of_descent = result.descent.measured->gaps;
  const std::vector<double>& of_momentum = result.momentum.measured->gaps;
  const auto predicted = [&](const DescentForecast& forecast, std::size_t k) {
    return k < forecast.measured->gaps.size()
               ? exact(error_after(result.gram->from_zero, forecast.settings, k))
               : "";
  };
  for (std::size_t k = 0; k < std::max(of_descent.size(), of_momentum.size()); ++k)
    csv.rows.push_back({std::to_string(k), predicted(result.descent, k), number_at(of_descent, k),
                        predicted(result.momentum, k), number_at(of_momentum, k)});
  return csv;
}

std::string sharpness_at(const SharpnessPath& path, std::size_t k) {
  const auto look = std::ranges::find(path.sharpness, k, &lab::Sharpness::step);
  return look == path.sharpness.end() ? "" : exact(look->value);
}

Table path_rows(const Spectrum& result) {
  Table csv{.columns = {{"step"}}, .rows = {}};
  std::vector<const SharpnessPath*> paths;
  const auto add = [&](const char* name, const std::optional<SharpnessPath>& path) {
    if (!path) return;
    paths.push_back(&*path);
    for (const char* what : {"_loss", "_sharpness"}) csv.columns.push_back({text(name, what)});
  };
  add("gd", result.descent.path);
  add(optim::momentum_name.data(), result.momentum.path);
  std::size_t rows = 0;
  for (const SharpnessPath* path : paths) rows = std::max(rows, path->losses.size());
  for (std::size_t k = 0; k < rows; ++k) {
    std::vector<std::string> row{std::to_string(k)};
    for (const SharpnessPath* path : paths) {
      row.push_back(number_at(path->losses, k));
      row.push_back(sharpness_at(*path, k));
    }
    csv.rows.push_back(std::move(row));
  }
  return csv;
}

Table csv_table(const Spectrum& result) {
  if (result.descent.measured) return gap_rows(result);
  if (result.descent.path) return path_rows(result);
  return curvature_rows(result.gram ? result.gram->eigenvalues : result.lanczos->ritz_values);
}

}  // namespace

Exhibit spectrum_exhibit(const SpectrumStudy& study) {
  const Spectrum& result = study.result;
  return {
      .title = "What the curvature says before training",
      .findings = spectrum_findings(study),
      .tables = {{spectrum_title(study), result.gram ? step_table(result) : limit_table(result)}},
      .json = spectrum_json(study),
      .csv = csv_table(result),
      .figures = spectrum_figures(study)};
}

}  // namespace ravine::report
