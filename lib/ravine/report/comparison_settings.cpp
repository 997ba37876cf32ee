#include "ravine/report/comparison_settings.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "ravine/report/number.hpp"
#include "ravine/report/optimizers.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

constexpr int digits = 3;

double number_of(const std::string& text) {
  double number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

double rounded(double x, compare::Scale scale) {
  if (scale != compare::Scale::log_gap || !(x < 1)) return number_of(significant(x, digits));
  constexpr int most = 15;
  const int decimals = digits - 1 - static_cast<int>(std::floor(std::log10(1 - x)));
  return number_of(fixed(x, std::min(decimals, most)));
}

optim::Value rounded(const optim::Setting& setting, const compare::SearchSpace& space) {
  const auto dimension = std::ranges::find(space, setting.name, &compare::Dimension::field);
  if (dimension == space.end() || dimension->allowed.whole || !setting.value.is_number())
    return setting.value;
  const double value = rounded(setting.value.number(), dimension->scale);
  return dimension->allowed.contains(value) ? value : setting.value;
}

}  // namespace

std::vector<std::string> shown_names(const compare::Comparison& comparison) {
  std::vector<std::string> names;
  for (const compare::Standing& standing : comparison.standings) {
    const std::string& rule = standing.contender.name;
    const auto of_rule = [&](const auto& other) { return other.contender.name == rule; };
    const bool alone = std::ranges::count_if(comparison.standings, of_rule) == 1;
    names.push_back(alone ? rule : text(standing.contender));
  }
  return names;
}

optim::Settings shown_settings(const compare::Standing& standing) {
  const compare::FreshRuns& runs = standing.tuned ? *standing.tuned : standing.defaults;
  optim::Settings shown = telling_settings(standing.contender.name, runs.settings);
  for (optim::Setting& setting : shown) setting.value = rounded(setting, standing.space);
  return shown;
}

std::string shown_spec(const compare::Standing& standing) {
  return text(optim::Spec{standing.contender.name, shown_settings(standing)});
}

}  // namespace ravine::report
