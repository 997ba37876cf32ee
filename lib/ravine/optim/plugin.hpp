#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "ravine/optim/common_fields.hpp"
#include "ravine/optim/rule_info.hpp"
#include "ravine/optim/terms.hpp"
#include "ravine/tensor/version.hpp"

// Rules in a shared object of their own, which `ravine --plugin FILE` loads. Such a file says
//
//     extern "C" const ravine::optim::Plugin ravine_plugin = ravine::optim::plugin<MyRule>();

namespace ravine::optim {

/// What a plugin begins with, in every version: "ravine" and bytes that are no text.
inline constexpr std::uint64_t plugin_magic = 0x89'72'61'76'69'6e'65'0a;

/// What a shared object hands over, by the symbol `ravine_plugin`.
struct Plugin {
  std::uint64_t magic;                ///< plugin_magic: the symbol is no function or other thing
  const char* version;                ///< of the headers it was compiled with
  std::array<std::size_t, 3> layout;  ///< sizes that must be the loading program's, too
  void (*register_rules)();
};

inline constexpr std::array plugin_layout{sizeof(RuleInfo), sizeof(Optimizer<float>),
                                          sizeof(Optimizer<double>)};

template <class... Rules>
constexpr Plugin plugin() {
  return {.magic = plugin_magic,
          .version = ravine::version,
          .layout = plugin_layout,
          .register_rules = [] { (register_rule<Rules>(), ...); }};
}

}  // namespace ravine::optim
