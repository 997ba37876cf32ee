#include "plugins.hpp"

#include <dlfcn.h>
#include <elf.h>
#include <link.h>

#include <cstdint>
#include <cstring>
#include <fstream>
#include <string_view>

#include "ravine/optim/plugin.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::apps {
namespace {

/// Whether all that the loader would map is in the file; it does not look, and reading the rest
/// would end the program.
bool is_whole(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const auto read = [&in]<class T>(std::uint64_t offset, T& record) {
    in.seekg(static_cast<std::streamoff>(offset));
    return static_cast<bool>(in.read(reinterpret_cast<char*>(&record), sizeof(T)));
  };
  ElfW(Ehdr) head;
  if (!read(0, head) || std::memcmp(head.e_ident, ELFMAG, SELFMAG) != 0) return true;
  for (std::uint64_t i = 0; i < head.e_phnum; ++i) {
    ElfW(Phdr) segment;
    if (!read(head.e_phoff + i * head.e_phentsize, segment)) return false;
    const std::uint64_t size = std::filesystem::file_size(file);
    if (segment.p_type == PT_LOAD &&
        (segment.p_offset > size || segment.p_filesz > size - segment.p_offset))
      return false;
  }
  return true;
}

}  // namespace

void load_plugin(const std::filesystem::path& file) {
  if (std::filesystem::exists(file) && !std::filesystem::is_regular_file(file))
    throw InputError(text("--plugin: ", file.string(), " is not a file (name a shared object)"));
  if (!is_whole(file))
    throw InputError(text("--plugin: ", file.string(), " is cut short (copy it again)"));
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
