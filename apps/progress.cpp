#include "progress.hpp"

#include <iostream>

#include "output.hpp"
#include "ravine/report/progress.hpp"

namespace ravine::apps {

Progress::Progress(bool quiet, std::size_t epochs, std::size_t examples)
    : lines_(!quiet),
      bar_(!quiet),
      colour_(colour_is_wanted()),
      epochs_(epochs),
      examples_(examples),
      epoch_began_(Clock::now()) {}

void Progress::step(const train::StepReport& report) {
  if (!bar_.is_due()) return;
  const std::chrono::duration<double> since_epoch = Clock::now() - epoch_began_;
  bar_.draw(report::progress_bar(report, {.seconds = since_epoch.count(),
                                          .epochs = epochs_,
                                          .examples = examples_,
                                          .last = last_,
                                          .columns = terminal_columns(),
                                          .colour = colour_}));
}

void Progress::epoch(const train::EpochReport& report) {
  last_ = report.validation ? report.validation : report.test;
  bar_.clear();
  if (lines_) std::cerr << report::epoch_line(report, epochs_) << std::endl;
  epoch_began_ = Clock::now();
}

}  // namespace ravine::apps
