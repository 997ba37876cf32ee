#include "ravine/lab/arrival.hpp"

namespace ravine::lab {

std::optional<std::size_t> arrival(const Trajectory& run, double least) {
  const double close = arrived_share * (run.values.front() - least);
  std::size_t step = run.values.size();
  while (step > 0 && run.values[step - 1] - least <= close) --step;
  if (run.diverged || step == run.values.size()) return std::nullopt;
  return step;
}

}  // namespace ravine::lab
