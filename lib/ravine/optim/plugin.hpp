#pragma once

#include <array>
#include <cstddef>

#include "ravine/optim/common_fields.hpp"
#include "ravine/optim/registry.hpp"
#include "ravine/optim/terms.hpp"
#include "ravine/tensor/version.hpp"

// Rules in a shared object of their own, which `ravine --plugin FILE` loads. Such a file says
//
//     extern "C" const ravine::optim::Plugin ravine_plugin = ravine::optim::plugin<MyRule>();

namespace ravine::optim {

/// What a shared object hands over, by the symbol `ravine_plugin`.
struct Plugin {
  const char* version;                ///< of the headers it was compiled with
  std::array<std::size_t, 3> layout;  ///< sizes that must be the loading program's, too
  void (*register_rules)();
};

inline constexpr std::array plugin_layout{sizeof(RuleInfo), sizeof(Optimizer<float>),
                                          sizeof(Optimizer<double>)};

template <UpdateRule... Rules>
constexpr Plugin plugin() {
  return {.version = ravine::version, .layout = plugin_layout, .register_rules = [] {
            (register_rule<Rules>(), ...);
          }};
}

}  // namespace ravine::optim
