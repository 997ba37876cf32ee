#include "ravine/compare/measures.hpp"

#include <cmath>

namespace ravine::compare {

std::vector<double> present(const Measures& measures) {
  std::vector<double> values;
  for (const auto& measure : measures)
    if (measure && std::isfinite(*measure)) values.push_back(*measure);
  return values;
}

}  // namespace ravine::compare
