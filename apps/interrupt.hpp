#pragma once

namespace ravine::apps {

/// From now on, the first Ctrl-C (or SIGTERM) asks for an orderly end, and the second one ends the
/// program.
void catch_interrupts();
/// The signal that came, or 0.
int interruption();

}  // namespace ravine::apps
