#include "ravine/lab/trajectory_csv.hpp"

#include <array>
#include <charconv>

namespace ravine::lab {
namespace {

/// As printf's %.17g, whatever the locale.
void append(std::string& line, double number) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number,
                                 std::chars_format::general, 17)
                       .ptr;
  line.append(digits.data(), end);
}

}  // namespace

std::string csv(const Trajectory& trajectory) {
  std::string lines = "step";
  const std::size_t dimension = trajectory.points.empty() ? 0 : trajectory.points.front().size();
  for (std::size_t i = 1; i <= dimension; ++i) lines += ",w" + std::to_string(i);
  lines += ",f\n";
  for (std::size_t step = 0; step < trajectory.points.size(); ++step) {
    lines += std::to_string(step);
    for (const double coordinate : trajectory.points[step]) append(lines += ',', coordinate);
    append(lines += ',', trajectory.values[step]);
    lines += '\n';
  }
  return lines;
}

}  // namespace ravine::lab
