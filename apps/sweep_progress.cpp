#include "sweep_progress.hpp"

#include <iostream>
#include <utility>

#include "output.hpp"

namespace ravine::apps {
namespace {

constexpr std::chrono::milliseconds between_tables{100};

}  // namespace

SweepProgress::SweepProgress(bool quiet, report::SweepContext context)
    : display_(!quiet && is_terminal()),
      lines_(!quiet && !display_),
      context_(std::move(context)),
      began_(Clock::now()),
      next_draw_(began_) {
  context_.colour = colour_is_wanted();
}

void SweepProgress::line(std::string_view line) const {
  if (lines_) std::cerr << line << std::endl;
}

void SweepProgress::show(const compare::SweepState& state) {
  if (!display_) return;
  const auto now = Clock::now();
  if (now < next_draw_) return;
  next_draw_ = now + between_tables;
  clear();
  context_.columns = terminal_columns();
  context_.seconds = std::chrono::duration<double>(now - began_).count();
  for (const std::string& line : report::sweep_lines(state, context_)) {
    std::cerr << line << '\n';
    ++drawn_;
  }
  std::cerr << std::flush;
}

void SweepProgress::clear() {
  for (; drawn_ != 0; --drawn_) std::cerr << "\x1b[A\x1b[2K";
  std::cerr << std::flush;
}

}  // namespace ravine::apps
