#include "interrupt.hpp"

#include <csignal>

namespace ravine::apps {
namespace {

volatile std::sig_atomic_t received = 0;

extern "C" void note(int signal) {
  received = signal;
  std::signal(signal, SIG_DFL);
}

}  // namespace

void catch_interrupts() {
  std::signal(SIGINT, note);
  std::signal(SIGTERM, note);
}

int interruption() { return received; }

}  // namespace ravine::apps
