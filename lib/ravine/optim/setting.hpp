#pragma once

#include <concepts>
#include <iosfwd>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ravine::optim {

/// What a hyper-parameter is set to: a number, true or false, or a list of numbers.
class Value {
 public:
  template <class V>
  requires std::is_arithmetic_v<V> Value(V value)
      : kind_(std::same_as<V, bool> ? Kind::flag : Kind::number),
        number_(static_cast<double>(value)) {}
  Value(std::vector<double> list) : kind_(Kind::list), list_(std::move(list)) {}

  bool is_flag() const { return kind_ == Kind::flag; }
  bool is_number() const { return kind_ == Kind::number; }
  /// The number; 1 for true and 0 for false. Throws InputError for a list.
  double number() const;
  bool flag() const { return number() != 0; }
  /// The list; one number is a list of one.
  std::vector<double> list() const;

  friend bool operator==(const Value&, const Value&) = default;

 private:
  // A variant of the three would cost each file that sets anything a quarter of a second to
  // compile.
  enum class Kind { number, flag, list } kind_;
  double number_ = 0;
  std::vector<double> list_ = {};
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

/// Whether both have the same names in the same order.
bool same_names(const Settings& a, const Settings& b);

/// `lr=0.001`.
std::ostream& operator<<(std::ostream& out, const Setting& setting);

/// Reads a value as it is printed. Throws InputError.
Value parse_value(std::string_view text);
/// Reads `name=value`. Throws InputError.
Setting parse_setting(std::string_view text);

}  // namespace ravine::optim
