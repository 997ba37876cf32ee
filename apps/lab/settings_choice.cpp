#include "lab/settings_choice.hpp"

namespace ravine::apps {

void declare(Options& options, lab::SettingsChoice& choice) {
  options.value("--lr", "A", choice.lr,
                "learning rate (the best for the momentum; alone it is plain gradient descent)");
  options.value("--momentum", "B", choice.momentum,
                "from 0 to below 1 (the best with its learning rate)");
}

}  // namespace ravine::apps
