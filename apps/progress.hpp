#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

#include "ravine/train/fit.hpp"

namespace ravine::apps {

/// Shows on stderr how training goes: a line an epoch, and on a terminal a bar below them.
class Progress {
 public:
  Progress(bool quiet, std::size_t epochs, std::size_t examples);
  /// Takes the bar away.
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void step(const train::StepReport& report);
  void epoch(const train::EpochReport& report);

 private:
  using Clock = std::chrono::steady_clock;
  void clear();

  bool lines_;
  bool bar_;
  bool colour_;
  bool drawn_ = false;
  std::size_t epochs_;
  std::size_t examples_;
  std::optional<train::Metrics> last_;
  Clock::time_point epoch_began_;
  Clock::time_point next_draw_;
};

}  // namespace ravine::apps
