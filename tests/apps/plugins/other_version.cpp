#include "ravine/optim/plugin.hpp"

// A plugin as another version of ravine would have made it: only its first members are sure.
struct Plugin {
  std::uint64_t magic;
  const char* version;
};
extern "C" const Plugin ravine_plugin = {ravine::optim::plugin_magic, "0.0.9"};
