#include "live_line.hpp"

#include <iostream>

#include "output.hpp"

namespace ravine::apps {
namespace {

constexpr std::chrono::milliseconds between_draws{100};
constexpr const char* erase_rest = "\x1b[K";

}  // namespace

LiveLine::LiveLine(bool wanted) : wanted_(wanted && is_terminal()) {}

void LiveLine::draw(std::string_view line) {
  next_draw_ = std::chrono::steady_clock::now() + between_draws;
  std::cerr << '\r' << line << erase_rest << std::flush;
  drawn_ = true;
}

void LiveLine::clear() {
  if (drawn_) std::cerr << '\r' << erase_rest << std::flush;
  drawn_ = false;
}

}  // namespace ravine::apps
