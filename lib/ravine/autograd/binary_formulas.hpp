#pragma once

#include <limits>
#include <tuple>

// Each operation of two operands: its value and both gradients, as expressions of whole rows; an
// operand is a row of a tensor, or a number that stands still along the row.
// Internal to the library: compiled against xtensor's functions in binary.simd.cpp.

namespace ravine::formulas {

struct Add {
  static constexpr const char* name = "add";
  static constexpr bool keeps_operands = false;
  template <class T>
  static auto y(const auto& a, const auto& b) {
    return a + b;
  }
  template <class T>
  static auto da(const auto& dy, const auto&, const auto&) {
    return dy;
  }
  template <class T>
  static auto db(const auto& dy, const auto&, const auto&) {
    return dy;
  }
};

struct Subtract {
  static constexpr const char* name = "subtract";
  static constexpr bool keeps_operands = false;
  template <class T>
  static auto y(const auto& a, const auto& b) {
    return a - b;
  }
  template <class T>
  static auto da(const auto& dy, const auto&, const auto&) {
    return dy;
  }
  template <class T>
  static auto db(const auto& dy, const auto&, const auto&) {
    return -dy;
  }
};

struct Multiply {
  static constexpr const char* name = "multiply";
  static constexpr bool keeps_operands = true;
  template <class T>
  static auto y(const auto& a, const auto& b) {
    return a * b;
  }
  template <class T>
  static auto da(const auto& dy, const auto&, const auto& b) {
    return dy * b;
  }
  template <class T>
  static auto db(const auto& dy, const auto& a, const auto&) {
    return dy * a;
  }
};

struct Divide {
  static constexpr const char* name = "divide";
  static constexpr bool keeps_operands = true;
  template <class T>
  static auto y(const auto& a, const auto& b) {
    return a / b;
  }
  template <class T>
  static auto da(const auto& dy, const auto&, const auto& b) {
    return dy / b;
  }
  template <class T>
  static auto db(const auto& dy, const auto& a, const auto& b) {
    return -dy * a / (b * b);
  }
};

/// xsimd computes |a|^b as exp(b log|a|), right to about 2 + 2 |b log a| units in the last place,
/// and 0 for every power of 0; the conditions put 0^0 = 1 and 0^-1 = inf back.
struct Pow {
  static constexpr const char* name = "pow";
  static constexpr bool keeps_operands = true;
  static constexpr double infinity = std::numeric_limits<double>::infinity();
  template <class T>
  static auto y(const auto& a, const auto& b) {
    return where(
        equal(b, T(0)), T(1),
        where(equal(a, T(0)), where(b > T(0), T(0), where(b < T(0), T(infinity), b)), pow(a, b)));
  }
  template <class T>
  static auto da(const auto& dy, const auto& a, const auto& b) {
    return where(
        equal(b, T(0)), T(0),
        dy * b *
            where(equal(a, T(0)), where(b > T(1), T(0), where(b < T(1), T(infinity), T(1))),
                  pow(a, b - T(1))));
  }
  template <class T>
  static auto db(const auto& dy, const auto& a, const auto& b) {
    return where(a > T(0), dy * pow(a, b) * log(a), T(0));
  }
};

/// NaN on either side stays NaN, which training stops at.
struct Maximum {
  static constexpr const char* name = "maximum";
  static constexpr bool keeps_operands = true;
  template <class T>
  static auto y(const auto& a, const auto& b) {
    return where(a > b, a, where(equal(b, b) && equal(a, a), b, a + b));
  }
  template <class T>
  static auto da(const auto& dy, const auto& a, const auto& b) {
    return where(a > b, dy, where(a < b, T(0), T(0.5) * dy));
  }
  template <class T>
  static auto db(const auto& dy, const auto& a, const auto& b) {
    return da<T>(dy, b, a);
  }
};

struct Minimum {
  static constexpr const char* name = "minimum";
  static constexpr bool keeps_operands = true;
  template <class T>
  static auto y(const auto& a, const auto& b) {
    return where(a < b, a, where(equal(b, b) && equal(a, a), b, a + b));
  }
  template <class T>
  static auto da(const auto& dy, const auto& a, const auto& b) {
    return Maximum::da<T>(dy, b, a);
  }
  template <class T>
  static auto db(const auto& dy, const auto& a, const auto& b) {
    return Maximum::da<T>(dy, a, b);
  }
};

/// a is the input, b the slope below 0.
struct LeakyRelu {
  static constexpr const char* name = "leaky_relu";
  static constexpr bool keeps_operands = true;
  template <class T>
  static auto y(const auto& a, const auto& b) {
    return where(a < T(0), b * a, a);
  }
  template <class T>
  static auto da(const auto& dy, const auto& a, const auto& b) {
    return where(a <= T(0), b * dy, dy);
  }
  template <class T>
  static auto db(const auto& dy, const auto& a, const auto&) {
    return where(a < T(0), a * dy, T(0));
  }
};

using Binary = std::tuple<Add, Subtract, Multiply, Divide, Pow, Maximum, Minimum, LeakyRelu>;

}  // namespace ravine::formulas
