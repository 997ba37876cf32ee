#pragma once

#include <string>
#include <string_view>

namespace ravine::report {

/// A question mark for each control character: names of files and cells of tables come from
/// outside, and may hold line ends and the sequences that drive a terminal.
std::string one_line(std::string_view text);

/// A name as it stands in a sentence: `one_line`, and an apostrophe for each backtick, which would
/// begin or end what is code.
std::string in_prose(std::string_view name);

}  // namespace ravine::report
