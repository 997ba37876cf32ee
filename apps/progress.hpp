#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

#include "live_line.hpp"
#include "ravine/train/fit.hpp"

namespace ravine::apps {

/// Shows on stderr how training goes: a line an epoch, and on a terminal a bar below them.
class Progress {
 public:
  Progress(bool quiet, std::size_t epochs, std::size_t examples);
  void step(const train::StepReport& report);
  void epoch(const train::EpochReport& report);

 private:
  using Clock = std::chrono::steady_clock;

  bool lines_;
  LiveLine bar_;
  bool colour_;
  std::size_t epochs_;
  std::size_t examples_;
  std::optional<train::Metrics> last_;
  Clock::time_point epoch_began_;
};

}  // namespace ravine::apps
