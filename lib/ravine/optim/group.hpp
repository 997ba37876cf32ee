#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ravine/optim/setting.hpp"
#include "ravine/tensor/parameter.hpp"

namespace ravine::optim {

/// Hyper-parameters for the parameters whose names match a pattern: in `*.bias`, `*` stands for any
/// characters, `?` for one, `[ab]` for one of several.
struct Group {
  std::string pattern;
  Settings settings;
};

/// Later groups add to earlier ones and override them.
using Groups = std::vector<Group>;

/// Reads `*.bias:weight_decay=0`; the last colon ends the pattern. Throws InputError.
Group parse_group(std::string_view text);

/// Parameters sorted by what is set for them, those without a group first, otherwise as they came.
template <class T>
struct Grouped {
  Parameters<T> parameters;
  std::vector<std::size_t> ends;   ///< of a group's parameters; it begins where the last one ends
  std::vector<Settings> settings;  ///< by group; of those without a group none
};

/// Throws InputError for a pattern that matches no name.
template <class T>
Grouped<T> grouped(const Parameters<T>& parameters, const Groups& groups);

}  // namespace ravine::optim
