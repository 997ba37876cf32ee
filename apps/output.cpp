#include "output.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::apps {
namespace {

/// `ravine optimizers | head -1` is no failure: as that of other programs, its status is 141.
void end_as_by_broken_pipe() {
  std::signal(SIGPIPE, SIG_DFL);
  std::raise(SIGPIPE);
}

}  // namespace

void guard_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    // The lowest free number is the one that is given out. Read-only: a write to it fails.
    if (fcntl(stream, F_GETFD) == -1) static_cast<void>(open("/dev/null", O_RDONLY));
  std::signal(SIGPIPE, SIG_IGN);
}

void print(std::string_view result) {
  while (!result.empty()) {
    const ssize_t written = write(STDOUT_FILENO, result.data(), result.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0 && errno == EPIPE) end_as_by_broken_pipe();
    if (written < 0)
      throw IoError(text("the result could not be written to stdout (", errno_text(), ")"));
    result.remove_prefix(static_cast<std::size_t>(written));
  }
}

bool is_terminal() {
  const char* kind = std::getenv("TERM");
  return isatty(STDERR_FILENO) == 1 && (kind == nullptr || std::string_view(kind) != "dumb");
}

std::size_t terminal_columns() {
  constexpr std::size_t usual = 80;
  winsize size{};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return usual;
  return size.ws_col;
}

bool colour_is_wanted() {
  const char* refusal = std::getenv("NO_COLOR");
  return refusal == nullptr || *refusal == '\0';
}

}  // namespace ravine::apps
