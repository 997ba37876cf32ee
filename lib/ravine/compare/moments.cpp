#include "ravine/compare/moments.hpp"

#include <cmath>
#include <numeric>

namespace ravine::compare {

Moments moments_of(std::span<const double> values) {
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {.mean = mean, .std = values.size() < 2 ? 0 : std::sqrt(squares / (n - 1))};
}

}  // namespace ravine::compare
