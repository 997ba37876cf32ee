#include "ravine/data/dialect.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "ravine/data/number.hpp"
#include "ravine/data/record_reader.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::data {
namespace {

using Record = std::vector<std::string_view>;

/// The first records of the text; the reader keeps their cells.
std::vector<Record> beginning(RecordReader& reader) {
  constexpr std::size_t looked_at = 100;
  std::vector<Record> records;
  Record record;
  while (records.size() < looked_at && reader.next(record)) records.push_back(record);
  return records;
}

/// Lines of the beginning, without quoted parts, in which a delimiter would mean nothing.
std::vector<std::string> unquoted_lines(std::string_view text) {
  constexpr std::size_t looked_at = 100;
  std::vector<std::string> lines;
  std::string line;
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c != '\n' && c != '\r') {
      line += c;
      continue;
    }
    if (!trimmed(line).empty()) lines.push_back(line);
    line.clear();
    if (lines.size() == looked_at) return lines;
  }
  if (!trimmed(line).empty()) lines.push_back(line);
  return lines;
}

std::size_t cells_in(std::string_view line, char delimiter) {
  if (delimiter != ' ') return 1 + static_cast<std::size_t>(std::ranges::count(line, delimiter));
  line = trimmed(line);
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  std::size_t cells = 1;
  for (std::size_t i = 1; i < line.size(); ++i)
    if (blank(line[i]) && !blank(line[i - 1])) ++cells;
  return cells;
}

/// The number of cells that most lines have; of several, the largest.
struct Usual {
  std::size_t cells = 0;
  std::size_t lines = 0;
};

Usual usual_cells(const std::vector<std::string>& lines, char delimiter) {
  std::map<std::size_t, std::size_t> histogram;
  for (const std::string& line : lines) ++histogram[cells_in(line, delimiter)];
  Usual usual;
  for (const auto& [cells, count] : histogram)
    if (count >= usual.lines) usual = {cells, count};
  return usual;
}

char find_delimiter(std::string_view text) {
  // In this order: a comma may be a decimal mark in a file with semicolons or tabs, a blank is
  // often inside names.
  constexpr std::array<char, 5> candidates{'\t', ';', ',', '|', ' '};
  const std::vector<std::string> lines = unquoted_lines(text);
  for (const char delimiter : candidates) {
    const Usual usual = usual_cells(lines, delimiter);
    if (usual.cells > 1 && 2 * usual.lines >= lines.size()) return delimiter;
  }
  return ',';
}

bool is_word(std::string_view cell) { return !parse_number(cell) && !is_missing(cell); }

/// "150,4,setosa,versicolor,virginica" before rows of 4 features and a class.
bool is_scikit_learn_preamble(const Record& first, const Record& second) {
  if (first.size() < 4 || !parse_number(first[0])) return false;
  const auto features = parse_number(first[1]);
  return features && *features == static_cast<double>(second.size()) - 1 &&
         std::all_of(first.begin() + 2, first.end(), is_word);
}

bool is_header(const std::vector<Record>& records) {
  const Record& first = records.front();
  if (records.size() == 1) return std::ranges::all_of(first, is_word);
  std::size_t numeric_columns = 0;
  std::size_t words = 0;
  for (std::size_t column = 0; column < first.size(); ++column) {
    const bool numeric = std::any_of(records.begin() + 1, records.end(), [&](const Record& record) {
      return column < record.size() && parse_number(record[column]);
    });
    if (!numeric) continue;
    ++numeric_columns;
    if (is_word(first[column])) ++words;
  }
  return words > 0 && 2 * words >= numeric_columns;
}

}  // namespace

Dialect find_dialect(std::string_view text, const std::string& name) {
  Dialect dialect;
  dialect.delimiter = find_delimiter(text);
  RecordReader reader(text, dialect.delimiter, name);
  const std::vector<Record> records = beginning(reader);
  if (records.empty()) return dialect;
  if (records.size() > 1 && is_scikit_learn_preamble(records[0], records[1])) {
    dialect.records_before_data = 1;
  } else if (is_header(records)) {
    dialect.records_before_data = 1;
    dialect.has_header = true;
  }
  return dialect;
}

}  // namespace ravine::data
