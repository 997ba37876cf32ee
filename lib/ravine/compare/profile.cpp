#include "ravine/compare/profile.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ravine::compare {
namespace {

using Costs = std::vector<std::optional<double>>;

constexpr double unsolved = std::numeric_limits<double>::infinity();

std::vector<double> least_costs(std::span<const Costs> costs) {
  std::vector<double> least(costs.front().size(), unsolved);
  for (const Costs& row : costs)
    for (std::size_t problem = 0; problem < row.size(); ++problem)
      least[problem] = std::min(least[problem], row[problem].value_or(unsolved));
  return least;
}

/// How many times longer than the fastest a solver takes: of what it solves, rising.
std::vector<double> factors(const Costs& costs, const std::vector<double>& least) {
  std::vector<double> factors;
  for (std::size_t problem = 0; problem < costs.size(); ++problem) {
    if (!costs[problem]) continue;
    const double factor = *costs[problem] == least[problem] ? 1 : *costs[problem] / least[problem];
    if (std::isfinite(factor)) factors.push_back(factor);
  }
  std::ranges::sort(factors);
  return factors;
}

Profile profile(const std::vector<double>& factors, std::size_t problems) {
  Profile profile{.factor = {1}, .share = {0}};
  for (std::size_t i = 0; i < factors.size(); ++i) {
    if (factors[i] != profile.factor.back()) {
      profile.factor.push_back(factors[i]);
      profile.share.push_back(0);
    }
    profile.share.back() = static_cast<double>(i + 1) / static_cast<double>(problems);
  }
  return profile;
}

}  // namespace

std::vector<Profile> performance_profiles(std::span<const Costs> costs) {
  if (costs.empty()) return {};
  const std::vector<double> least = least_costs(costs);
  std::vector<Profile> profiles;
  for (const Costs& row : costs) profiles.push_back(profile(factors(row, least), row.size()));
  return profiles;
}

}  // namespace ravine::compare
