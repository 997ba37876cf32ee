#include "ravine/report/one_line.hpp"

#include <algorithm>

namespace ravine::report {

std::string one_line(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = '?';
  return result;
}

std::string in_prose(std::string_view name) {
  std::string result = one_line(name);
  std::ranges::replace(result, '`', '\'');
  return result;
}

}  // namespace ravine::report
