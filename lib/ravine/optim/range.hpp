#pragma once

#include <cmath>
#include <iosfwd>
#include <limits>

namespace ravine::optim {

/// The numbers a hyper-parameter may take; each end belongs to them or not. NaN never does.
struct Range {
  double low = 0;
  double high = std::numeric_limits<double>::infinity();
  bool has_low = true;
  bool has_high = false;
  bool whole = false;  ///< whole numbers only

  bool contains(double x) const {
    return (has_low ? x >= low : x > low) && (has_high ? x <= high : x < high) &&
           (!whole || x == std::trunc(x));
  }
};

/// A part of a range, both ends in it.
struct Span {
  double low = 0;
  double high = 0;
};

inline constexpr Range non_negative{};
inline constexpr Range positive{.has_low = false};
/// Of the weight on the past in a running average or sum; at 1 nothing would ever be forgotten.
inline constexpr Range below_one{.high = 1};
inline constexpr Range share{.high = 1, .has_high = true};
/// Of a number of things, 1 or more.
inline constexpr Range count{.low = 1, .whole = true};
inline constexpr Range count_or_none{.whole = true};

/// `[0, 1)`, or `[1, inf), whole`.
std::ostream& operator<<(std::ostream& out, const Range& range);

}  // namespace ravine::optim
