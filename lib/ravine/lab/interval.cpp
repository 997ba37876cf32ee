#include "ravine/lab/interval.hpp"

namespace ravine::lab {

std::vector<double> centres(const Interval& interval, std::size_t parts) {
  std::vector<double> result;
  result.reserve(parts);
  for (std::size_t i = 0; i < parts; ++i) {
    const double share = (static_cast<double>(i) + 0.5) / static_cast<double>(parts);
    result.push_back(interval.low + share * (interval.high - interval.low));
  }
  return result;
}

}  // namespace ravine::lab
