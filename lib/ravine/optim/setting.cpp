#include "ravine/optim/setting.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <ostream>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::optim {

std::ostream& operator<<(std::ostream& out, const Value& value) {
  if (value.is_flag()) return out << (value.flag() ? "true" : "false");
  if (std::isnan(value.number())) return out << "nan";  // whatever its sign bit
  // The longest is like -2.2250738585072014e-308.
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value.number()).ptr;
  return out << std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

std::ostream& operator<<(std::ostream& out, const Setting& setting) {
  return out << setting.name << '=' << setting.value;
}

Setting parse_setting(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == 0 || equals == std::string_view::npos)
    throw InputError(ravine::text("setting '", text, "' must be name=value, such as lr=0.01"));
  std::string name(text.substr(0, equals));
  const std::string_view value = text.substr(equals + 1);
  if (value == "true") return {std::move(name), true};
  if (value == "false") return {std::move(name), false};

  double number = 0;
  const auto [stop, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error == std::errc::result_out_of_range)
    throw InputError(ravine::text("setting '", text, "': '", value,
                                  "' must lie within a double's range, about 1e-308 to 1e308"));
  if (error != std::errc() || stop != value.data() + value.size())
    throw InputError(
        ravine::text("setting '", text, "': '", value, "' must be a number, true or false"));
  return {std::move(name), number};
}

}  // namespace ravine::optim
