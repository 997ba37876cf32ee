#pragma once

#include <concepts>
#include <iosfwd>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace ravine::optim {

/// What a hyper-parameter is set to: a number, true or false, or a list of numbers.
class Value {
 public:
  template <class V>
  requires std::is_arithmetic_v<V> Value(V value) {
    if constexpr (std::same_as<V, bool>)
      held_ = value;
    else
      held_ = static_cast<double>(value);
  }
  Value(std::vector<double> list) : held_(std::move(list)) {}

  bool is_flag() const { return std::holds_alternative<bool>(held_); }
  bool is_number() const { return std::holds_alternative<double>(held_); }
  /// The number; 1 for true and 0 for false. Throws std::bad_variant_access for a list.
  double number() const { return is_flag() ? std::get<bool>(held_) : std::get<double>(held_); }
  bool flag() const { return number() != 0; }
  /// The list; one number is a list of one.
  std::vector<double> list() const {
    return is_number() ? std::vector<double>{number()} : std::get<std::vector<double>>(held_);
  }

  friend bool operator==(const Value&, const Value&) = default;

 private:
  std::variant<double, bool, std::vector<double>> held_;
};

/// `true`, `false`, the shortest text that reads back as the same number, `0.001`, `1e-08`, or such
/// numbers with strokes between them, `10/20/30`.
std::ostream& operator<<(std::ostream& out, const Value& value);

/// A hyper-parameter's name and value.
struct Setting {
  std::string name;
  Value value;

  friend bool operator==(const Setting&, const Setting&) = default;
};

/// Settings by name, applied in order. `{{"lr", 1e-2}, {"bias_correction", false}}`.
using Settings = std::vector<Setting>;

/// `lr=0.001`.
std::ostream& operator<<(std::ostream& out, const Setting& setting);

/// Reads a value as it is printed. Throws InputError.
Value parse_value(std::string_view text);
/// Reads `name=value`. Throws InputError.
Setting parse_setting(std::string_view text);

}  // namespace ravine::optim
