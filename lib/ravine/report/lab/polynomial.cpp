#include "ravine/report/lab/polynomial.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "ravine/lab/larger.hpp"
#include "ravine/optim/common_fields.hpp"
#include "ravine/report/json_parts.hpp"
#include "ravine/report/lab/polynomial_figures.hpp"
#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/version.hpp"

namespace ravine::report {
namespace {

using Json = nlohmann::ordered_json;
using lab::EarlyStop;
using lab::Polynomial;

double condition_number(const Polynomial& result) {
  return result.eigenvalues.front() / result.eigenvalues.back();
}

/// Until 1/e or less of an eigenfeature's coefficient is missing.
std::string steps_to_learn(const Polynomial& result, std::size_t i) {
  const double steps = std::ceil(-1 / std::log1p(-result.lr * result.eigenvalues[i]));
  return steps < 1e12 ? grouped(static_cast<std::size_t>(std::max(1.0, steps)))
                      : significant(steps);
}

/// Why the two differ where the spectrum itself is not exact; empty where it is.
std::string rounding_clause(const Polynomial& result) {
  constexpr double large = 1e12;
  const double condition = condition_number(result);
  if (condition < large) return "";
  return text(
      ": at such a condition number double precision knows the least singular value of Z only to "
      "some ",
      significant(std::numeric_limits<double>::epsilon() * std::sqrt(condition), 2),
      " of itself, and the closed form no better");
}

double largest_filter_gap(const EarlyStop& stop) {
  double gap = 0;
  for (std::size_t i = 0; i < stop.kept_by_descent.size(); ++i)
    gap = lab::larger(gap, std::abs(stop.kept_by_descent[i] - stop.kept_by_tikhonov[i]));
  return gap;
}

double spread_of(const std::vector<double>& y) {
  const auto [low, high] = std::ranges::minmax(y);
  return high - low;
}

std::string findings(const Polynomial& result) {
  double filter_gap = 0;
  double curve_gap = 0;
  for (const EarlyStop& stop : result.stops) {
    filter_gap = lab::larger(filter_gap, largest_filter_gap(stop));
    curve_gap = lab::larger(curve_gap, stop.largest_gap);
  }
  const double spread = spread_of(result.data.y);
  const std::string last = steps_to_learn(result, result.eigenvalues.size() - 1);
  return text(
      condition_number(result) >= 100 ? "The powers of x are so alike that the" : "The",
      " curvatures of ½|Zw − y|² go from ", significant(result.eigenvalues.back()), " to ",
      significant(result.eigenvalues.front()), ", a condition number of ",
      significant(condition_number(result)),
      ". At the learning rate 1 / λ₁ = ", significant(result.lr),
      " gradient descent learns the first eigenfeature in one step and all but 1/e of the last in ",
      last, last == "1" ? " step.\n" : " steps.\n",
      "The closed form gives the coefficients of the run to a relative error of ",
      significant(result.max_closed_form_error), " or less, over ",
      counted(result.options.steps, "step"), rounding_clause(result), ".\n",
      "To stop after k steps is to regularise: Tikhonov's penalty η/2 |w|² with η = 1 / "
      "(αk) keeps of each eigenfeature what descent has learned of it, to within ",
      significant(filter_gap), " at the stops shown. The two curves are at most ",
      significant(curve_gap), " apart",
      spread > 0 ? text(", ", significant(100 * curve_gap / spread, 2), " % of the spread of ",
                        result.data.y_name)
                 : "",
      ".\n");
}

Table feature_table(const Polynomial& result) {
  Table table{.columns = {{"eigenfeature", Align::right},
                          {"eigenvalue", Align::right},
                          {"steps to all but 1/e", Align::right}},
              .rows = {}};
  for (const EarlyStop& stop : result.stops)
    table.columns.push_back({text("kept at ", grouped(stop.step)), Align::right});
  for (std::size_t i = 0; i < result.eigenvalues.size(); ++i) {
    std::vector<std::string> row{std::to_string(i + 1), significant(result.eigenvalues[i]),
                                 steps_to_learn(result, i)};
    for (const EarlyStop& stop : result.stops)
      row.push_back(
          text(fixed(stop.kept_by_descent[i], 3), " | ", fixed(stop.kept_by_tikhonov[i], 3)));
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// f − f*, of the run where it stops.
double above_least(const Polynomial& result, const EarlyStop& stop) {
  const auto at = std::ranges::find(result.points, stop.step, &lab::PolynomialPoint::step);
  return at->value - result.least_value;
}

Table stop_table(const Polynomial& result) {
  Table table{.columns = {{"stopped at", Align::right},
                          {"η", Align::right},
                          {"f − f*", Align::right},
                          {"shares differ by", Align::right},
                          {"curves differ by", Align::right}},
              .rows = {}};
  for (const EarlyStop& stop : result.stops)
    table.rows.push_back({grouped(stop.step), significant(stop.eta),
                          significant(above_least(result, stop)),
                          fixed(largest_filter_gap(stop), 3), significant(stop.largest_gap)});
  return table;
}

Json stop_json(const EarlyStop& stop) {
  return {{"step", stop.step},
          {"eta", stop.eta},
          {"descent_keeps", stop.kept_by_descent},
          {"tikhonov_keeps", stop.kept_by_tikhonov},
          {"descent", stop.descent},
          {"tikhonov", stop.tikhonov},
          {"largest_gap", stop.largest_gap}};
}

std::string json_document(const Polynomial& result) {
  const lab::PolynomialData& data = result.data;
  Json components = Json::array();
  for (std::size_t i = 0; i < result.eigenvalues.size(); ++i) {
    Json share = Json::array();
    Json predicted = Json::array();
    for (const lab::PolynomialPoint& point : result.points) {
      share.push_back(point.shares[i]);
      predicted.push_back(point.predicted[i]);
    }
    components.push_back({{"eigenvalue", result.eigenvalues[i]},
                          {"eigenfeature", result.directions[i]},
                          {"share", share},
                          {"predicted", predicted}});
  }
  Json points = Json::array();
  for (const lab::PolynomialPoint& point : result.points)
    points.push_back({{"step", point.step}, {"f", point.value}});
  Json stops = Json::array();
  for (const EarlyStop& stop : result.stops) stops.push_back(stop_json(stop));
  Json json{{"command", "lab polynomial"},
            {"version", version},
            {"data",
             {{"name", data.name},
              {"points", data.x.size()},
              {"x", data.x_name},
              {"y", data.y_name},
              {"x_range", {data.x_low, data.x_high}}}},
            {"degree", result.options.degree},
            {"steps", result.options.steps}};
  json[std::string(optim::lr_name)] = result.lr;
  json["condition_number"] = condition_number(result);
  json["max_closed_form_error"] = result.max_closed_form_error;
  json["least_squares"] = {{"coefficients", result.least_squares}, {"f", result.least_value}};
  json["components"] = components;
  json["points"] = points;
  json["early_stopping"] = stops;
  return document(json);
}

Table csv_table(const Polynomial& result) {
  Table csv{.columns = {{"step"}, {"f"}}, .rows = {}};
  for (const char* column : {"share_", "predicted_"})
    for (std::size_t i = 1; i <= result.eigenvalues.size(); ++i)
      csv.columns.push_back({text(column, i)});
  for (const auto& [step, value, shares, predicted] : result.points) {
    std::vector<std::string> row{std::to_string(step), exact(value)};
    for (const auto* list : {&shares, &predicted})
      for (const double share : *list) row.push_back(exact(share));
    csv.rows.push_back(std::move(row));
  }
  return csv;
}

}  // namespace

Exhibit polynomial_exhibit(const Polynomial& result) {
  return {.title = "Polynomial regression: what descent learns first",
          .findings = findings(result),
          .tables = {{text("Degree ", result.options.degree, " on ", result.data.name,
                           ": kept of each eigenfeature by descent | by Tikhonov's regularisation"),
                      feature_table(result)},
                     {"Early stopping beside Tikhonov's regularisation", stop_table(result)}},
          .json = json_document(result),
          .csv = csv_table(result),
          .figures = polynomial_figures(result)};
}

}  // namespace ravine::report
