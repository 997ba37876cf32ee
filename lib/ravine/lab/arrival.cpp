#include "ravine/lab/arrival.hpp"

namespace ravine::lab {

double arrived_height(const Trajectory& run, double least) {
  return least + arrived_share * (run.values.front() - least);
}

std::optional<std::size_t> arrival(const Trajectory& run, double least) {
  const double height = arrived_height(run, least);
  std::size_t step = run.values.size();
  while (step > 0 && run.values[step - 1] <= height) --step;
  if (run.diverged || step == run.values.size()) return std::nullopt;
  return step;
}

}  // namespace ravine::lab
