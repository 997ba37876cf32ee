#include "ravine/optim/plugin.hpp"

// A plugin of this version that was made with other headers.
extern "C" const ravine::optim::Plugin ravine_plugin = {.magic = ravine::optim::plugin_magic,
                                                        .version = ravine::version,
                                                        .layout = {1, 2, 3},
                                                        .register_rules = [] {}};
