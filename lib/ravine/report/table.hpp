#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ravine::report {

enum class Align { left, right };

struct Column {
  std::string title;
  Align align = Align::left;
};

/// A table of text, each row with one cell a column.
struct Table {
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;
};

/// The table with its columns under each other, a line a row, the titles above unless all are
/// empty.
std::string aligned(const Table& table);

/// How many columns of a terminal the UTF-8 text takes: one a code point, none for a combining mark
/// such as the circumflex of m̂.
std::size_t display_width(std::string_view text);

}  // namespace ravine::report
