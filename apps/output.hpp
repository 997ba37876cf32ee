#pragma once

#include <string_view>

// The three streams that a program finds open, or not.

namespace ravine::apps {

/// Makes a closed stream one that refuses, so that no file opened later takes its place; and a
/// reader that went away an error of the write, so that work is not lost with its progress lines.
void guard_streams();
/// Writes a result to stdout. Throws IoError when it does not arrive; where the reader went away,
/// the program ends quietly, as by SIGPIPE.
void print(std::string_view result);
/// Whether stderr is a terminal that can redraw a line.
bool is_terminal();
/// The columns of that terminal.
std::size_t terminal_columns();
/// Unless NO_COLOR is set to anything but the empty text (https://no-color.org).
bool colour_is_wanted();

}  // namespace ravine::apps
