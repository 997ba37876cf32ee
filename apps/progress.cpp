#include "progress.hpp"

#include <iostream>

#include "output.hpp"
#include "ravine/report/progress.hpp"

namespace ravine::apps {
namespace {

constexpr std::chrono::milliseconds between_draws{100};
constexpr const char* erase_line = "\r\x1b[K";

}  // namespace

Progress::Progress(bool quiet, std::size_t epochs, std::size_t examples)
    : lines_(!quiet),
      bar_(!quiet && is_terminal()),
      colour_(colour_is_wanted()),
      epochs_(epochs),
      examples_(examples),
      epoch_began_(Clock::now()),
      next_draw_(epoch_began_) {}

void Progress::step(const train::StepReport& report) {
  if (!bar_) return;
  const auto now = Clock::now();
  if (now < next_draw_) return;
  next_draw_ = now + between_draws;
  const std::chrono::duration<double> since_epoch = now - epoch_began_;
  std::cerr << '\r'
            << report::progress_bar(report, {.seconds = since_epoch.count(),
                                             .epochs = epochs_,
                                             .examples = examples_,
                                             .last = last_,
                                             .columns = terminal_columns(),
                                             .colour = colour_})
            << "\x1b[K" << std::flush;
  drawn_ = true;
}

void Progress::epoch(const train::EpochReport& report) {
  last_ = report.validation ? report.validation : report.test;
  clear();
  if (lines_) std::cerr << report::epoch_line(report, epochs_) << std::endl;
  epoch_began_ = Clock::now();
}

void Progress::clear() {
  if (drawn_) std::cerr << erase_line << std::flush;
  drawn_ = false;
}

}  // namespace ravine::apps
