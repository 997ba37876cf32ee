#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace ravine::test {

/// How a program ended, and what it wrote until then.
struct Process {
  int status;  ///< what it returned, or 128 and the signal that ended it
  std::string out;
  std::string err;
};

struct ProcessOptions {
  std::vector<std::pair<std::string, std::string>> environment = {};
  std::filesystem::path stdout_to = {};  ///< a file instead of what is captured
  bool close_stdout = false;
  bool stdout_without_reader = false;  ///< a pipe that nobody reads from any more
  bool terminal = false;               ///< stderr is a terminal of 80 columns
  /// Sends SIGINT as soon as stderr holds this text.
  std::string interrupt_at = {};
};

/// Whether a program can be given a terminal: a bare chroot has none. Where the variable CI is set,
/// a test that needs one is not to be skipped.
bool terminals_are_there();

/// Runs a program to its end, without the variables of the environment that change its ways.
Process run_process(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                    const ProcessOptions& options = {});

}  // namespace ravine::test
