#include "ravine/report/comparison_settings.hpp"

#include <algorithm>

#include "ravine/report/optimizers.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {

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
  return telling_settings(standing.contender.name, runs.settings);
}

optim::Spec shown_spec(const compare::Standing& standing) {
  return {standing.contender.name, shown_settings(standing)};
}

}  // namespace ravine::report
