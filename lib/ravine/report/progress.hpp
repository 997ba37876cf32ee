#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "ravine/train/fit.hpp"

namespace ravine::report {

/// A finished epoch in one line, without its end: losses, metrics, speed and time.
std::string epoch_line(const train::EpochReport& epoch, std::size_t epochs);

/// What a bar shows beside the state of the last step.
struct BarContext {
  double seconds;  // since the epoch began
  std::size_t epochs;
  std::size_t examples;                // of one epoch
  std::optional<train::Metrics> last;  // of the epoch before, if there was one
  std::size_t columns = 80;            // of the terminal
  bool colour = false;
};

/// An epoch under way in one line that fits the terminal, without its end: a bar, loss, metric,
/// speed, and the time that training will still take.
std::string progress_bar(const train::StepReport& step, const BarContext& context);

}  // namespace ravine::report
