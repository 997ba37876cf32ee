#include "ravine/report/lab/rates.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ravine/lab/larger.hpp"
#include "ravine/report/json_parts.hpp"
#include "ravine/report/lab/rates_figures.hpp"
#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/version.hpp"

namespace ravine::report {
namespace {

using Json = nlohmann::ordered_json;
using lab::RateCell;
using lab::Rates;
using lab::Regime;
using lab::SimulatedRate;

bool is_of_points(const Rates& result) { return !result.options.at.empty(); }

std::string percent(double share) { return text(significant(100 * share, 2), " %"); }

bool is_any_measured(const Rates& result) {
  return std::ranges::any_of(result.simulated,
                             [](const SimulatedRate& point) { return point.measured.has_value(); });
}

const SimulatedRate& worst(const Rates& result) {
  return *std::ranges::max_element(result.simulated, {}, &SimulatedRate::deviation);
}

Table point_table(const Rates& result) {
  Table table{.columns = {{"αλ", Align::right},
                          {"β", Align::right},
                          {"rate", Align::right},
                          {"measured", Align::right},
                          {"regime"}},
              .rows = {}};
  for (const auto& [cell, measured] : result.simulated)
    table.rows.push_back({significant(cell.alpha_lambda, 6), significant(cell.beta, 6),
                          significant(cell.rate, 6), measured ? significant(*measured, 6) : "–",
                          std::string(name_of(cell.regime))});
  return table;
}

Table regime_table(const Rates& result) {
  Table table{.columns = {{"regime"},
                          {"share of cells", Align::right},
                          {"fastest rate", Align::right},
                          {"simulated", Align::right},
                          {"largest deviation", Align::right}},
              .rows = {}};
  for (const Regime regime : lab::all_regimes()) {
    std::size_t cells = 0;
    double fastest = std::numeric_limits<double>::infinity();
    for (const RateCell& cell : result.grid) {
      if (cell.regime != regime) continue;
      ++cells;
      fastest = std::min(fastest, cell.rate);
    }
    std::size_t simulated = 0;
    double deviation = 0;
    for (const SimulatedRate& point : result.simulated) {
      if (point.predicted.regime != regime) continue;
      ++simulated;
      deviation = lab::larger(deviation, point.deviation());
    }
    const double share = static_cast<double>(cells) / static_cast<double>(result.grid.size());
    table.rows.push_back({std::string(name_of(regime)), text(fixed(100 * share, 1), " %"),
                          cells == 0 ? "–" : significant(fastest), grouped(simulated),
                          simulated == 0 ? "–" : percent(deviation)});
  }
  return table;
}

std::string deviation_sentence(const Rates& result) {
  if (!is_any_measured(result)) return "It left all numbers too soon for a rate to be measured.\n";
  const SimulatedRate& point = worst(result);
  return text(
      "The rate measured, that of the recurrence that fits a run's positions best, is off "
      "the predicted one by ",
      percent(point.deviation()), " at most, at αλ ", significant(point.predicted.alpha_lambda),
      " and β ", significant(point.predicted.beta), " (", name_of(point.predicted.regime), ").\n");
}

std::string points_text(const Rates& result) {
  const std::size_t count = result.simulated.size();
  if (!is_of_points(result)) return counted(count, "random point");
  return count == 1 ? "this point" : text("these ", grouped(count), " points");
}

std::string findings(const Rates& result) {
  return text(
      "The rate is the larger eigenvalue of R in size. A component converges for αλ between 0 and "
      "2 + 2β, and is fastest for its learning rate at β = (1 − √αλ)². Above that curve the "
      "eigenvalues are complex, of size √β: the rate is the same for all curvatures there. "
      "Divergence stands for a rate of 1 or more, with which it does not converge.\n",
      "The registered rule sgd was run at ", points_text(result), " for ",
      counted(result.options.steps, "step"), ". ", deviation_sentence(result));
}

Json cell_json(const RateCell& cell) {
  return {{"alpha_lambda", cell.alpha_lambda},
          {"beta", cell.beta},
          {"rate", cell.rate},
          {"regime", name_of(cell.regime)}};
}

std::string json_document(const Rates& result) {
  Json cells = Json::array();
  for (const RateCell& cell : result.cells) cells.push_back(cell_json(cell));
  Json points = Json::array();
  for (const SimulatedRate& point : result.simulated) {
    points.push_back(cell_json(point.predicted));
    points.back()["measured_rate"] = or_null<Json>(point.measured);
  }
  Json json{{"command", "lab rates"}, {"version", version}};
  if (!is_of_points(result))
    json["grid"] = {{"columns", result.options.grid.columns}, {"rows", result.options.grid.rows}};
  json["cells"] = std::move(cells);
  const SimulatedRate& point = worst(result);
  json["simulation"] = {
      {"steps", result.options.steps},
      {"largest_deviation", is_any_measured(result) ? Json(point.deviation()) : Json(nullptr)},
      {"largest_deviation_regime", name_of(point.predicted.regime)},
      {"points", std::move(points)}};
  return document(json);
}

Table csv_table(const Rates& result) {
  Table csv{.columns = {{"alpha_lambda"}, {"beta"}, {"rate"}, {"regime"}}, .rows = {}};
  for (const RateCell& cell : result.cells)
    csv.rows.push_back({exact(cell.alpha_lambda), exact(cell.beta), exact(cell.rate),
                        std::string(name_of(cell.regime))});
  return csv;
}

}  // namespace

Exhibit rates_exhibit(const Rates& result) {
  const auto& [columns, rows] = result.options.grid;
  return {.title = "Convergence rates of momentum",
          .findings = findings(result),
          .tables = {is_of_points(result)
                         ? TitledTable{"Points, predicted and run", point_table(result)}
                         : TitledTable{text("Regimes of ", columns, " x ", rows,
                                            " cells, αλ from 0 to 4, β from 0 to 1"),
                                       regime_table(result)}},
          .json = json_document(result),
          .csv = csv_table(result),
          .figures = rates_figures(result)};
}

}  // namespace ravine::report
