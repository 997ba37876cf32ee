#include "ravine/report/table.hpp"

#include <algorithm>

namespace ravine::report {
namespace {

constexpr std::string_view gap = "  ";

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// U+0300 to U+036F, which are CC 80 to CD AF in UTF-8.
bool is_combining(std::string_view at) {
  if (at.size() < 2) return false;
  const auto first = static_cast<unsigned char>(at[0]);
  return first == 0xCC || (first == 0xCD && static_cast<unsigned char>(at[1]) <= 0xAF);
}

void append_line(std::string& lines, const std::vector<Column>& columns,
                 const std::vector<std::size_t>& widths, const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string padding(widths[i] - display_width(cells[i]), ' ');
    if (i > 0) line += gap;
    line += columns[i].align == Align::left ? cells[i] + padding : padding + cells[i];
  }
  line.erase(line.find_last_not_of(' ') + 1);
  lines += line + '\n';
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (!is_continuation(text[i]) && !is_combining(text.substr(i))) ++width;
  return width;
}

std::string aligned(const Table& table) {
  std::vector<std::string> titles;
  std::vector<std::size_t> widths;
  for (const Column& column : table.columns) {
    titles.push_back(column.title);
    widths.push_back(display_width(column.title));
  }
  for (const auto& row : table.rows)
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], display_width(row[i]));

  std::string lines;
  if (std::ranges::any_of(titles, [](const std::string& title) { return !title.empty(); }))
    append_line(lines, table.columns, widths, titles);
  for (const auto& row : table.rows) append_line(lines, table.columns, widths, row);
  return lines;
}

}  // namespace ravine::report
