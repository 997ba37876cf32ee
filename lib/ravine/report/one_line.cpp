#include "ravine/report/one_line.hpp"

namespace ravine::report {

std::string one_line(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = '?';
  return result;
}

}  // namespace ravine::report
