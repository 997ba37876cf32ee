#pragma once

#include <filesystem>

namespace ravine::apps {

/// Makes the rules of a shared object known (ravine/optim/plugin.hpp). Throws InputError where it
/// cannot be loaded, is no plugin, or was made for another ravine.
void load_plugin(const std::filesystem::path& file);

}  // namespace ravine::apps
