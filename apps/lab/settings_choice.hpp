#pragma once

#include "command_line.hpp"
#include "ravine/lab/chosen_settings.hpp"

namespace ravine::apps {

/// `--lr` and `--momentum` of an experiment whose best settings are known.
void declare(Options& options, lab::SettingsChoice& choice);

}  // namespace ravine::apps
