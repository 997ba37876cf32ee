#include "ravine/data/number.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "ravine/tensor/text.hpp"

namespace ravine::data {

std::optional<double> parse_number(std::string_view cell) {
  cell = trimmed(cell);
  // from_chars knows no leading plus sign.
  if (cell.size() > 1 && cell[0] == '+' && cell[1] != '-') cell.remove_prefix(1);
  double number = 0;
  const char* end = cell.data() + cell.size();
  const auto [stop, error] = std::from_chars(cell.data(), end, number);
  if (cell.empty() || stop != end) return std::nullopt;
  // from_chars does not tell too large from too small; strtod gives infinity or (nearly) zero.
  if (error == std::errc::result_out_of_range)
    number = std::strtod(std::string(cell).c_str(), nullptr);
  else if (error != std::errc())
    return std::nullopt;
  if (!std::isfinite(number)) return std::nullopt;
  return number;
}

bool is_missing(std::string_view cell) {
  constexpr std::array<std::string_view, 13> words{"na",   "n/a",      "nan",      "null", "none",
                                                   "?",    "-",        "inf",      "-inf", "+inf",
                                                   "-nan", "infinity", "-infinity"};
  cell = trimmed(cell);
  if (cell.empty()) return true;
  const auto same_letter = [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
  };
  return std::ranges::any_of(
      words, [&](std::string_view word) { return std::ranges::equal(cell, word, same_letter); });
}

std::string printed(double number) {
  std::array<char, 32> digits{};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  return {digits.data(), end};
}

}  // namespace ravine::data
