#pragma once

#include <concepts>
#include <iosfwd>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ravine::optim {

/// What a hyper-parameter is set to: a number, or true or false.
class Value {
 public:
  template <class V>
  requires std::is_arithmetic_v<V>
  constexpr Value(V value) : number_(static_cast<double>(value)), is_flag_(std::same_as<V, bool>) {}

  constexpr bool is_flag() const { return is_flag_; }
  /// The number; 1 for true and 0 for false.
  constexpr double number() const { return number_; }
  constexpr bool flag() const { return number_ != 0; }

  friend constexpr bool operator==(const Value&, const Value&) = default;

 private:
  double number_;
  bool is_flag_;
};

/// `true`, `false`, or the shortest text that reads back as the same number: `0.001`, `1e-08`.
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

/// Reads `name=value`, the value a number, `true` or `false`. Throws InputError.
Setting parse_setting(std::string_view text);

}  // namespace ravine::optim
