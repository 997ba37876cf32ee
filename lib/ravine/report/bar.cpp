#include "ravine/report/bar.hpp"

#include <algorithm>
#include <string_view>

namespace ravine::report {
namespace {

std::string repeated(std::string_view piece, std::size_t count) {
  std::string result;
  for (std::size_t i = 0; i < count; ++i) result += piece;
  return result;
}

}  // namespace

std::string bar(double share, std::size_t columns, bool colour) {
  const auto full =
      static_cast<std::size_t>(std::clamp(share, 0.0, 1.0) * static_cast<double>(columns));
  const std::string done = repeated("━", full);
  const std::string rest = repeated(colour ? "━" : "─", columns - full);
  return colour ? "\x1b[32m" + done + "\x1b[2;39m" + rest + "\x1b[0m" : done + rest;
}

}  // namespace ravine::report
