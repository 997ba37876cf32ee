#include "ravine/report/lab/descent.hpp"

#include <array>

namespace ravine::report {
namespace {

std::size_t stride_for(std::size_t steps, std::size_t most) {
  std::size_t power = 1;
  while (true) {
    for (const std::size_t factor : std::array<std::size_t, 3>{1, 2, 5})
      if (steps / (factor * power) <= most) return factor * power;
    power *= 10;
  }
}

}  // namespace

std::vector<std::size_t> spread_steps(std::size_t last, std::size_t most) {
  const std::size_t stride = stride_for(last, most);
  std::vector<std::size_t> steps;
  for (std::size_t step = 0; step < last; step += stride) steps.push_back(step);
  steps.push_back(last);
  return steps;
}

}  // namespace ravine::report
