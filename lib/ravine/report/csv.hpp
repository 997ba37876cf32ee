#pragma once

#include <string>
#include <vector>

namespace ravine::report {

/// A cell as RFC 4180 has it: in quotes where it needs them.
std::string csv_cell(const std::string& text);
/// The cells with commas between them, ended.
std::string csv_line(const std::vector<std::string>& cells);

}  // namespace ravine::report
