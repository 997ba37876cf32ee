#include "ravine/lab/measured_rate.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ravine::lab {

std::complex<double> slowest_part(const MomentumSettings& settings, double curvature) {
  if (settings.momentum == 0) return 0;
  return settings.momentum / (momentum_eigenvalues(settings, curvature)[0] - settings.momentum);
}

std::optional<double> measured_rate(std::span<const double> components,
                                    std::span<const double> sizes, const MomentumSettings& settings,
                                    double curvature) {
  if (components.size() < 2) return std::nullopt;
  const std::complex<double> q = slowest_part(settings, curvature);
  const auto part = [&](std::size_t k) {
    return k == 0 ? std::abs(components[0])
                  : std::abs(components[k] + q * (components[k] - components[k - 1]));
  };
  const auto is_seen = [&](std::size_t k) {
    constexpr double rounding = 1e4 * std::numeric_limits<double>::epsilon();
    constexpr double tiny = 1e-290;  // below, numbers lose digits
    const double size = k == 0 ? sizes[0] : std::max(sizes[k], sizes[k - 1]);
    return part(k) > std::max(tiny, rounding * (1 + std::abs(q)) * size);
  };
  if (!is_seen(0)) return std::nullopt;
  std::size_t last = 1;
  while (last + 1 < components.size() && is_seen(last + 1)) ++last;
  return std::pow(part(last) / part(0), 1 / static_cast<double>(last));
}

}  // namespace ravine::lab
