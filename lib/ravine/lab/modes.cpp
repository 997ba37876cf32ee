#include "ravine/lab/modes.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "ravine/lab/larger.hpp"

namespace ravine::lab {

double error_share(double curvature, double component) {
  return component * (component * curvature / 2);
}

std::vector<double> components_after(const Modes& modes, const MomentumSettings& settings,
                                     std::size_t k) {
  std::vector<double> components = modes.start;
  for (std::size_t i = 0; i < components.size(); ++i)
    components[i] *= momentum_factor(settings, modes.curvatures[i], k);
  return components;
}

std::vector<double> error_shares(const Modes& modes, const MomentumSettings& settings,
                                 std::size_t k) {
  std::vector<double> shares = components_after(modes, settings, k);
  for (std::size_t i = 0; i < shares.size(); ++i)
    shares[i] = error_share(modes.curvatures[i], shares[i]);
  return shares;
}

double error_after(const Modes& modes, const MomentumSettings& settings, std::size_t k) {
  const std::vector<double> shares = error_shares(modes, settings, k);
  return std::accumulate(shares.begin(), shares.end(), 0.0);
}

double rate_of(std::span<const double> curvatures, const MomentumSettings& settings) {
  double rate = 0;
  for (const double curvature : curvatures) rate = larger(rate, momentum_rate(settings, curvature));
  return rate;
}

bool all_stable(std::span<const double> curvatures, const MomentumSettings& settings) {
  return std::ranges::all_of(curvatures,
                             [&](double curvature) { return is_stable(settings, curvature); });
}

bool is_at_rest(double rate) {
  return std::abs(rate - 1) <= 4 * std::numeric_limits<double>::epsilon();
}

double steps_to_a_tenth(double rate) {
  if (rate >= 1 || is_at_rest(rate)) return std::numeric_limits<double>::infinity();
  return rate == 0 ? 1 : std::max(1.0, -1 / std::log10(rate));
}

}  // namespace ravine::lab
