#include "process.hpp"

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <stdexcept>

namespace ravine::benchmarks {
namespace {

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// A file in memory, so that a program that writes much never waits for its reader.
int memory_file() {
  const int file = memfd_create("captured", MFD_CLOEXEC);
  if (file < 0) throw std::runtime_error("memfd_create failed");
  return file;
}

std::string take(int file) {
  std::string content(static_cast<std::size_t>(lseek(file, 0, SEEK_END)), '\0');
  const ssize_t count = pread(file, content.data(), content.size(), 0);
  content.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
  close(file);
  return content;
}

[[noreturn]] void become(const std::vector<std::string>& command, const Environment& environment) {
  for (const auto& [name, value] : environment) setenv(name.c_str(), value.c_str(), 1);
  std::vector<char*> words;
  for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  execvp(words[0], words.data());
  _exit(127);
}

}  // namespace

Process::Process(const std::vector<std::string>& command, const Environment& environment)
    : out_(memory_file()), err_(memory_file()), start_(now()) {
  id_ = fork();
  if (id_ < 0) throw std::runtime_error("fork failed");
  if (id_ > 0) return;
  dup2(out_, STDOUT_FILENO);
  dup2(err_, STDERR_FILENO);
  become(command, environment);
}

Ended Process::wait() const {
  int state = 0;
  rusage usage{};
  wait4(id_, &state, 0, &usage);
  const double seconds = now() - start_;
  constexpr std::size_t kilobyte = 1024;  // the unit of ru_maxrss on Linux
  return {.status = WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state),
          .out = take(out_),
          .err = take(err_),
          .seconds = seconds,
          .peak_bytes = static_cast<std::size_t>(usage.ru_maxrss) * kilobyte};
}

}  // namespace ravine::benchmarks
