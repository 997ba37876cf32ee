#pragma once

#include <chrono>
#include <cstddef>
#include <string_view>

#include "ravine/report/sweep_progress.hpp"

namespace ravine::apps {

/// Shows on stderr how a sweep goes: on a terminal what is under way and how long it will take,
/// elsewhere a line for each run that is done.
class SweepProgress {
 public:
  SweepProgress(bool quiet, report::SweepContext context);
  /// Takes the display away.
  ~SweepProgress() { clear(); }
  SweepProgress(const SweepProgress&) = delete;
  SweepProgress& operator=(const SweepProgress&) = delete;

  void line(std::string_view line) const;
  void show(const compare::SweepState& state);

 private:
  using Clock = std::chrono::steady_clock;
  void clear();

  bool display_;
  bool lines_;
  std::size_t drawn_ = 0;  // lines of the display that stand there
  report::SweepContext context_;
  Clock::time_point began_;
  Clock::time_point next_draw_;
};

}  // namespace ravine::apps
