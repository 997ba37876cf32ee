#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

namespace ravine::apps {

/// What a file sets: `name = value`, or `name = [value, value]` over one line or several.
struct ConfigEntry {
  std::size_t line = 0;  ///< from 1
  std::string name;
  std::vector<std::string> values;
};

/// Reads TOML as far as options need it: strings in quotes of either kind, numbers, true and false,
/// lists of those, comments; without tables. A value outside a list needs no quotes, as in an INI
/// file, and ends at its line's end or at a comment. Throws InputError, naming `file` and the line.
std::vector<ConfigEntry> read_config(std::istream& in, const std::string& file);

}  // namespace ravine::apps
