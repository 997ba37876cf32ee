#pragma once

#include <chrono>
#include <string_view>

namespace ravine::apps {

/// A line on stderr, where that is a terminal, that is drawn again and again.
class LiveLine {
 public:
  explicit LiveLine(bool wanted);
  /// Takes the line away.
  ~LiveLine() { clear(); }
  LiveLine(const LiveLine&) = delete;
  LiveLine& operator=(const LiveLine&) = delete;

  /// Whether it stood long enough to be read.
  bool is_due() const { return wanted_ && std::chrono::steady_clock::now() >= next_draw_; }
  void draw(std::string_view line);
  void clear();

 private:
  bool wanted_;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point next_draw_ = std::chrono::steady_clock::now();
};

}  // namespace ravine::apps
