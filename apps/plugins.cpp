#include "plugins.hpp"

#include <dlfcn.h>

#include <cstdint>
#include <cstring>
#include <string_view>

#include "ravine/optim/plugin.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::apps {

void load_plugin(const std::filesystem::path& file) {
  // Never closed: the registry points into it. A name without a folder would be looked for in those
  // of the system.
  void* object = dlopen(std::filesystem::absolute(file).c_str(), RTLD_NOW | RTLD_LOCAL);
  if (object == nullptr)
    throw InputError(text("--plugin: ", dlerror(), " (a shared object made for ravine)"));
  const void* symbol = dlsym(object, "ravine_plugin");
  if (symbol == nullptr)
    throw InputError(text("--plugin: ", file.string(),
                          " is no plugin: it has no symbol 'ravine_plugin' (see docs/plugins.md)"));
  std::uint64_t magic = 0;  // copied, as something else may stand at any address
  std::memcpy(&magic, symbol, sizeof(magic));
  const auto* plugin = static_cast<const optim::Plugin*>(symbol);
  if (magic != optim::plugin_magic || plugin->version == nullptr)
    throw InputError(text("--plugin: ", file.string(),
                          " is no plugin: its symbol 'ravine_plugin' is not what "
                          "ravine::optim::plugin<Rule>() makes (see docs/plugins.md)"));
  if (std::string_view(plugin->version) != version)
    throw InputError(text("--plugin: ", file.string(), " was made for ravine ", plugin->version,
                          ", this is ", version, " (compile it anew)"));
  if (plugin->layout != optim::plugin_layout)
    throw InputError(text("--plugin: ", file.string(),
                          " was made with other headers of ravine (compile it anew)"));
  plugin->register_rules();
}

}  // namespace ravine::apps
