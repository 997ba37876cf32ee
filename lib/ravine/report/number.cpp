#include "ravine/report/number.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "ravine/optim/setting.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

std::string printed(double number, std::chars_format format, int precision) {
  if (std::isnan(number)) return "nan";
  // The largest double has 309 digits before the point.
  std::array<char, 400> digits{};
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), number, format, precision).ptr;
  return {digits.data(), end};
}

std::string two_digits(std::size_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

}  // namespace

std::string fixed(double number, int decimals) {
  return printed(number, std::chars_format::fixed, decimals);
}

std::string significant(double number, int digits) {
  return printed(number, std::chars_format::general, digits);
}

std::string readable(double number) { return significant(number, 3); }

std::string short_text(double number) {
  constexpr double thousand = 1000;
  constexpr double most = 1e15;
  return number >= thousand && number < most
             ? grouped(static_cast<std::size_t>(std::llround(number)))
             : readable(number);
}

std::string exact(double number) { return text(optim::Value(number)); }

std::string grouped(std::size_t count) {
  std::string result = std::to_string(count);
  for (std::size_t end = result.size(); end > 3; end -= 3) result.insert(end - 3, ",");
  return result;
}

std::string counted(std::size_t count, std::string_view what) {
  return text(grouped(count), " ", what, count == 1 ? "" : "s");
}

std::string clock_time(double seconds) {
  constexpr double longest = 359'999;  // 99:59:59; also where the time is infinite or unknown
  const auto whole = static_cast<std::size_t>(std::clamp(std::ceil(seconds), 0.0, longest));
  const std::size_t minutes = whole / 60;
  const std::string end = ":" + two_digits(whole % 60);
  if (minutes < 60) return std::to_string(minutes) + end;
  return std::to_string(minutes / 60) + ":" + two_digits(minutes % 60) + end;
}

}  // namespace ravine::report
