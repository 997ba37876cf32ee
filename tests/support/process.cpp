#include "support/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <stdexcept>

namespace ravine::test {
namespace {

/// A file in memory, so that a program that writes much never waits for its reader.
int memory_file() {
  const int file = memfd_create("captured", MFD_CLOEXEC);
  if (file < 0) throw std::runtime_error("memfd_create failed");
  return file;
}

std::string content_of(int file) {
  std::string content(static_cast<std::size_t>(lseek(file, 0, SEEK_END)), '\0');
  if (pread(file, content.data(), content.size(), 0) != static_cast<ssize_t>(content.size()))
    throw std::runtime_error("what was captured could not be read");
  return content;
}

struct Terminal {
  int ours;
  int theirs;
};

Terminal open_terminal() {
  Terminal terminal{};
  winsize size{};
  size.ws_row = 24;
  size.ws_col = 80;
  if (openpty(&terminal.ours, &terminal.theirs, nullptr, nullptr, &size) != 0)
    throw std::runtime_error("openpty failed");
  fcntl(terminal.ours, F_SETFD, FD_CLOEXEC);
  return terminal;
}

int pipe_without_reader() {
  int ends[2];
  if (pipe(ends) != 0) _exit(127);
  close(ends[0]);
  return ends[1];
}

[[noreturn]] void become(const std::filesystem::path& program,
                         const std::vector<std::string>& arguments, const ProcessOptions& options,
                         int out, int err) {
  for (const char* variable : {"OPENBLAS_CORETYPE", "NO_COLOR", "RAVINE_SIMD"}) unsetenv(variable);
  for (const auto& [name, value] : options.environment) setenv(name.c_str(), value.c_str(), 1);
  if (!options.stdout_to.empty()) out = open(options.stdout_to.c_str(), O_WRONLY);
  if (options.stdout_without_reader) out = pipe_without_reader();
  dup2(out, STDOUT_FILENO);
  dup2(err, STDERR_FILENO);
  if (options.close_stdout) close(STDOUT_FILENO);
  std::vector<char*> words{const_cast<char*>(program.c_str())};
  for (const std::string& argument : arguments)
    words.push_back(const_cast<char*>(argument.c_str()));
  words.push_back(nullptr);
  execv(program.c_str(), words.data());
  _exit(127);
}

/// Takes what the terminal shows into a file, until the last of its writers is gone.
void drain(int terminal, int file) {
  char buffer[4096];
  for (ssize_t count; (count = read(terminal, buffer, sizeof buffer)) > 0;)
    if (write(file, buffer, static_cast<std::size_t>(count)) != count) break;
}

void interrupt_at(const std::string& text, int file, pid_t child) {
  constexpr int longest_wait = 20'000;  // ms
  for (int waited = 0; waited < longest_wait; ++waited) {
    if (content_of(file).find(text) != std::string::npos) {
      kill(child, SIGINT);
      return;
    }
    poll(nullptr, 0, 1);
  }
}

}  // namespace

bool terminals_are_there() {
  if (std::getenv("CI") != nullptr) return true;
  int ours = -1;
  int theirs = -1;
  if (openpty(&ours, &theirs, nullptr, nullptr, nullptr) != 0) return false;
  close(ours);
  close(theirs);
  return true;
}

Process run_process(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                    const ProcessOptions& options) {
  const int out = memory_file();
  const int err = memory_file();
  Terminal terminal{-1, -1};
  if (options.terminal) terminal = open_terminal();
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("fork failed");
  if (child == 0)
    become(program, arguments, options, out, options.terminal ? terminal.theirs : err);
  if (options.terminal) {
    close(terminal.theirs);
    drain(terminal.ours, err);
    close(terminal.ours);
  }
  if (!options.interrupt_at.empty()) interrupt_at(options.interrupt_at, err, child);
  int state = 0;
  waitpid(child, &state, 0);
  Process result{.status = WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state),
                 .out = content_of(out),
                 .err = content_of(err)};
  close(out);
  close(err);
  return result;
}

}  // namespace ravine::test
