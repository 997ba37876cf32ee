#include "ravine/report/lab/polynomial_figures.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <string>

#include "ravine/report/lab/spread.hpp"
#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

using lab::EarlyStop;
using lab::Polynomial;

/// A curve is drawn through so many points.
constexpr int drawn = 120;
// Of eigenfeatures, stops and the data as many are drawn, together, as the page has colours for: 7.

/// The quickest, one between and the slowest.
std::vector<std::size_t> drawn_features(const lab::Polynomial& result) {
  return spread_indices(result.eigenvalues.size(), 3);
}

/// The first, the last and one between.
std::vector<lab::EarlyStop> drawn_stops(const lab::Polynomial& result) {
  std::vector<lab::EarlyStop> stops;
  for (const std::size_t i : spread_indices(result.stops.size(), 3))
    stops.push_back(result.stops[i]);
  return stops;
}

/// Which of all are drawn.
std::string selection(const lab::Polynomial& result) {
  const std::size_t all = result.eigenvalues.size();
  const std::size_t drawn_ones = drawn_features(result).size();
  return drawn_ones == all ? "" : text(" Drawn are ", drawn_ones, " of ", all, ".");
}

std::string feature_name(std::size_t i) { return text("eigenfeature ", i + 1); }
std::string stop_name(const EarlyStop& stop) { return counted(stop.step, "step"); }

/// x as it is in the data, of x from -1 to 1.
double original_x(const lab::PolynomialData& data, double x) {
  return data.x_low + (x + 1) / 2 * (data.x_high - data.x_low);
}

/// A polynomial over the data's x.
Series curve_of(const Polynomial& result, std::span<const double> w, std::string name, Mark mark) {
  Series series{.name = std::move(name), .mark = mark, .x = {}, .y = {}};
  for (int i = 0; i <= drawn; ++i) {
    const double x = -1 + 2.0 * i / drawn;
    series.x.push_back(original_x(result.data, x));
    series.y.push_back(lab::polynomial_at(w, x));
  }
  return series;
}

Figure feature_figure(const Polynomial& result) {
  Curves curves{.title = "Eigenfeatures, the quickest first",
                .caption =
                    "Polynomials that gradient descent learns apart from each other, each with "
                    "coefficients of length 1. What is large at the data is learned early; "
                    "the last hardly show there." +
                    selection(result),
                .x = {.title = result.data.x_name},
                .y = {.title = "value"},
                .series = {}};
  for (const std::size_t i : drawn_features(result))
    curves.series.push_back(curve_of(result, result.directions[i], feature_name(i), Mark::line));
  return curves;
}

Curves share_figure(const Polynomial& result) {
  Curves curves{.title = "Each eigenspace goes its own way",
                .caption =
                    "What each adds to f − f* by step, of one run of gradient descent from "
                    "0; dashed, the closed form. Down from 10⁻¹⁴ of the first it is "
                    "rounding, which is left out. Eigenfeature 1 is learned in one step, and is "
                    "not seen here.",
                .x = {.title = "step", .scale = Scale::log},
                .y = {.title = "share of f − f*", .scale = Scale::log},
                .series = {}};
  double largest = 0;
  for (const double share : result.points.front().shares) largest = std::max(largest, share);
  for (const std::size_t i : drawn_features(result)) {
    Series measured{.name = feature_name(i), .x = {}, .y = {}};
    Series predicted{.name = feature_name(i), .mark = Mark::dashed, .x = {}, .y = {}};
    for (const lab::PolynomialPoint& point : result.points) {
      // The axis is logarithmic, and has no place for the start.
      if (point.step == 0 || point.predicted[i] < 1e-14 * largest) continue;
      measured.x.push_back(static_cast<double>(point.step));
      measured.y.push_back(point.shares[i]);
      predicted.y.push_back(point.predicted[i]);
    }
    if (measured.x.empty()) continue;
    predicted.x = measured.x;
    curves.series.push_back(std::move(measured));
    curves.series.push_back(std::move(predicted));
  }
  return curves;
}

Figure fit_figure(const Polynomial& result) {
  Curves curves{.title = "To stop early is to regularise",
                .caption =
                    "The curve after so many steps of one run; dashed, that of Tikhonov's "
                    "regularisation with the strength η = 1 / (αk).",
                .x = {.title = result.data.x_name},
                .y = {.title = result.data.y_name},
                .series = {}};
  for (const EarlyStop& stop : drawn_stops(result)) {
    curves.series.push_back(curve_of(result, stop.descent, stop_name(stop), Mark::line));
    curves.series.push_back(curve_of(result, stop.tikhonov, stop_name(stop), Mark::dashed));
  }
  Series points{.name = "data", .mark = Mark::points, .x = {}, .y = result.data.y};
  for (const double x : result.data.x) points.x.push_back(original_x(result.data, x));
  curves.series.push_back(std::move(points));
  return curves;
}

Figure filter_figure(const Polynomial& result) {
  Curves curves{.title = "What is kept of an eigenfeature",
                .caption =
                    "The share of its coefficient in the least-squares fit that is there "
                    "after k steps, 1 − (1 − αλ)ᵏ; dashed, what Tikhonov's regularisation "
                    "leaves of it, λ / (λ + η). The points are the eigenvalues here.",
                .x = {.title = "eigenvalue λ", .scale = Scale::log},
                .y = {.title = "share kept", .domain = std::pair(0.0, 1.0)},
                .series = {}};
  const double high = std::log(result.eigenvalues.front());
  const double low = std::log(result.eigenvalues.back());
  for (const EarlyStop& stop : drawn_stops(result)) {
    Series descent{.name = stop_name(stop), .x = {}, .y = {}};
    Series tikhonov{.name = stop_name(stop), .mark = Mark::dashed, .x = {}, .y = {}};
    for (int i = 0; i <= drawn; ++i) {
      const double lambda =
          std::min(std::exp(low + (high - low) * i / drawn), result.eigenvalues.front());
      descent.x.push_back(lambda);
      descent.y.push_back(lab::kept_by_descent(result.lr * lambda, stop.step));
      tikhonov.y.push_back(lambda / (lambda + stop.eta));
    }
    tikhonov.x = descent.x;
    curves.series.push_back(std::move(descent));
    curves.series.push_back(std::move(tikhonov));
    curves.series.push_back({.name = stop_name(stop),
                             .mark = Mark::points,
                             .x = result.eigenvalues,
                             .y = stop.kept_by_descent});
  }
  return curves;
}

}  // namespace

std::vector<Figure> polynomial_figures(const Polynomial& result) {
  std::vector<Figure> figures{feature_figure(result)};
  // With equal eigenvalues all is learned in one step.
  if (Curves shares = share_figure(result); !shares.series.empty())
    figures.emplace_back(std::move(shares));
  figures.push_back(fit_figure(result));
  figures.push_back(filter_figure(result));
  return figures;
}

}  // namespace ravine::report
