#pragma once

#include <sys/types.h>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace ravine::benchmarks {

using Environment = std::vector<std::pair<std::string, std::string>>;

/// How a program ended, and what it took.
struct Ended {
  int status;  ///< what it returned, or 128 and the signal that ended it
  std::string out;
  std::string err;
  double seconds;          ///< from its start to its end
  std::size_t peak_bytes;  ///< the most memory it held at once
};

/// A program that runs beside this one.
class Process {
 public:
  /// Starts it with these variables added to the environment. Throws std::runtime_error.
  Process(const std::vector<std::string>& command, const Environment& environment);
  /// Waits for its end; to be called once.
  Ended wait() const;

 private:
  pid_t id_;
  int out_, err_;
  double start_;
};

inline Ended run(const std::vector<std::string>& command, const Environment& environment = {}) {
  return Process(command, environment).wait();
}

}  // namespace ravine::benchmarks
