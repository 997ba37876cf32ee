#include "ravine/optim/setting.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <ostream>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::optim {
namespace {

double parse_number(std::string_view text) {
  double number = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc::result_out_of_range)
    throw InputError(
        ravine::text("'", text, "' must lie within a double's range, about 1e-308 to 1e308"));
  if (error != std::errc() || stop != text.data() + text.size())
    throw InputError(ravine::text("'", text, "' must be a number, true or false"));
  return number;
}

void print(std::ostream& out, double number) {
  if (std::isnan(number)) {  // whatever its sign bit
    out << "nan";
    return;
  }
  // The longest is like -2.2250738585072014e-308.
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out << std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

}  // namespace

double Value::number() const {
  if (kind_ == Kind::list) throw InputError(text(*this, " is a list where a number is needed"));
  return number_;
}

std::vector<double> Value::list() const {
  return kind_ == Kind::list ? list_ : std::vector<double>{number_};
}

std::ostream& operator<<(std::ostream& out, const Value& value) {
  if (value.is_flag()) return out << (value.flag() ? "true" : "false");
  const char* before = "";
  for (const double number : value.list()) {
    out << before;
    print(out, number);
    before = "/";
  }
  return out;
}

std::ostream& operator<<(std::ostream& out, const Setting& setting) {
  return out << setting.name << '=' << setting.value;
}

bool same_names(const Settings& a, const Settings& b) {
  return std::ranges::equal(a, b, {}, &Setting::name, &Setting::name);
}

Value parse_value(std::string_view text) {
  if (text == "true") return true;
  if (text == "false") return false;
  if (text.find('/') == std::string_view::npos) return parse_number(text);
  std::vector<double> list;
  for (const std::string_view number : split(text, '/')) list.push_back(parse_number(number));
  return list;
}

Setting parse_setting(std::string_view text) {
  text = trimmed(text);
  const std::size_t equals = text.find('=');
  if (equals == 0 || equals == std::string_view::npos)
    throw InputError(ravine::text("setting '", text, "' must be name=value, such as lr=0.01"));
  try {
    return {std::string(trimmed(text.substr(0, equals))),
            parse_value(trimmed(text.substr(equals + 1)))};
  } catch (const InputError& error) {
    throw InputError(ravine::text("setting '", text, "': ", error.what()));
  }
}

}  // namespace ravine::optim
