#include "ravine/report/comparison_numbers.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

/// Decimals at which a positive number shows so many digits that count.
int decimals_for(double number, int digits) {
  return digits - 1 - static_cast<int>(std::floor(std::log10(number)));
}

/// Of the results that are neither zero nor infinite.
template <class Get>
std::vector<double> magnitudes(const compare::Comparison& comparison, const Get& get) {
  std::vector<double> magnitudes;
  for (const compare::Standing& standing : comparison.standings) {
    const auto& result =
        standing.tuned ? standing.tuned->test_metric : standing.defaults.test_metric;
    if (!result) continue;
    const double magnitude = std::abs(get(*result));
    if (magnitude > 0 && std::isfinite(magnitude)) magnitudes.push_back(magnitude);
  }
  return magnitudes;
}

}  // namespace

int decimals_of(const compare::Comparison& comparison) {
  const auto deviations = magnitudes(comparison, [](const auto& result) { return result.std; });
  const bool known = !deviations.empty();
  const int of_deviation = known ? decimals_for(compare::median(deviations), 2) : 0;
  if (comparison.metric.higher_is_better) {
    const double examples =
        static_cast<double>(std::max<std::size_t>(comparison.facts.test_examples, 1));
    return std::clamp(known ? of_deviation : static_cast<int>(std::ceil(std::log10(examples))), 2,
                      4);
  }
  const auto means = magnitudes(comparison, [](const auto& result) { return result.mean; });
  if (means.empty()) return 0;
  const double mean = compare::median(means);
  constexpr int most = 15;
  return std::clamp(known ? std::min(of_deviation, decimals_for(mean, 5)) : decimals_for(mean, 3),
                    0, most);
}

std::string signed_text(double number, int decimals) {
  std::string digits = fixed(number, decimals);
  if (!digits.starts_with('-')) return digits;
  digits.erase(0, 1);
  return digits.find_first_not_of("0.") == std::string::npos ? digits : "−" + digits;
}

std::string interval_text(const compare::Interval& interval, int decimals) {
  return text("[", signed_text(interval.low, decimals), ", ", signed_text(interval.high, decimals),
              "]");
}

std::string spread_text(const std::optional<compare::Summary>& summary, int decimals) {
  if (!summary) return "–";
  const std::string mean = signed_text(summary->mean, decimals);
  return summary->n < 2 ? mean : text(mean, " ± ", fixed(summary->std, decimals));
}

}  // namespace ravine::report
