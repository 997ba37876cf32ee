#pragma once

#include <cmath>
#include <numbers>

namespace ravine::optim {

/// Half a wave of the cosine, from `high` where `part` is 0 to `low` where it is 1.
inline double half_cosine(double high, double low, double part) {
  return low + (high - low) * (1 + std::cos(std::numbers::pi * part)) / 2;
}

}  // namespace ravine::optim
