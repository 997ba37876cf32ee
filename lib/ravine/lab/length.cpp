#include "ravine/lab/length.hpp"

#include <cmath>
#include <vector>

#include "ravine/lab/larger.hpp"

namespace ravine::lab {

double length(std::span<const double> v) {
  double largest = 0;
  for (const double number : v) largest = larger(largest, std::abs(number));
  if (largest == 0 || !std::isfinite(largest)) return largest;
  double sum = 0;  // of numbers that neither overflow nor underflow when squared
  for (const double number : v) sum += (number / largest) * (number / largest);
  return largest * std::sqrt(sum);
}

double distance(std::span<const double> a, std::span<const double> b) {
  std::vector<double> difference(a.begin(), a.end());
  for (std::size_t i = 0; i < difference.size(); ++i) difference[i] -= b[i];
  return length(difference);
}

}  // namespace ravine::lab
