#include "ravine/report/lab/spread.hpp"

#include <algorithm>
#include <array>

#include "ravine/tensor/text.hpp"

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

std::string stride_sentence(std::size_t last) {
  const std::size_t stride = stride_for(last, most_drawn_steps);
  return stride == 1 ? "" : text(" Drawn: one step in ", stride, ".");
}

Series over_steps(const std::string& name, Mark mark, std::size_t last,
                  const std::function<double(std::size_t)>& value) {
  Series series{.name = name, .mark = mark, .x = {}, .y = {}};
  for (const std::size_t step : spread_steps(last)) {
    series.x.push_back(static_cast<double>(step));
    series.y.push_back(value(step));
  }
  return series;
}

Series over_steps(const std::string& name, Mark mark, std::span<const double> values) {
  if (values.empty()) return {.name = name, .mark = mark, .x = {}, .y = {}};
  return over_steps(name, mark, values.size() - 1,
                    [values](std::size_t step) { return values[step]; });
}

std::vector<std::size_t> spread_indices(std::size_t count, std::size_t most) {
  const std::size_t kept = std::min(count, most);
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < kept; ++i)
    indices.push_back(kept == count ? i : i * (count - 1) / (most - 1));
  return indices;
}

}  // namespace ravine::report
