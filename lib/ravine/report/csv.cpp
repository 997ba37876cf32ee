#include "ravine/report/csv.hpp"

#include "ravine/tensor/text.hpp"

namespace ravine::report {

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string result = "\"";
  for (const char c : text) result += c == '"' ? "\"\"" : std::string(1, c);
  return result + '"';
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::vector<std::string> quoted;
  quoted.reserve(cells.size());
  for (const std::string& cell : cells) quoted.push_back(csv_cell(cell));
  return joined(quoted, ",") + '\n';
}

}  // namespace ravine::report
