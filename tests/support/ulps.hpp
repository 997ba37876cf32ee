#pragma once

#include <cmath>
#include <limits>

namespace ravine::test {

/// The difference in units in the last place of a T as large as the exact value. Infinite where one
/// of the two alone is a NaN or infinite.
template <class T>
double ulps(T value, long double exact) {
  constexpr T infinity = std::numeric_limits<T>::infinity();
  const auto nearest = static_cast<T>(exact);
  if (value == nearest || (std::isnan(value) && std::isnan(exact))) return 0;
  if (!std::isfinite(value) || !std::isfinite(nearest)) return infinity;
  const auto size = std::abs(nearest);
  const T unit = std::nextafter(size, infinity) - size;
  return std::abs(static_cast<double>((static_cast<long double>(value) - exact) / unit));
}

}  // namespace ravine::test
