#include "ravine/optim/plugin.hpp"

// A plugin that was filled in by hand, and not wholly.
extern "C" const ravine::optim::Plugin ravine_plugin = {.magic = ravine::optim::plugin_magic,
                                                        .version = nullptr,
                                                        .layout = ravine::optim::plugin_layout,
                                                        .register_rules = nullptr};
