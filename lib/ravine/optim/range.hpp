#pragma once

#include <iosfwd>
#include <limits>

namespace ravine::optim {

/// The numbers a hyper-parameter may take; each end belongs to them or not. NaN never does.
struct Range {
  double low = 0;
  double high = std::numeric_limits<double>::infinity();
  bool has_low = true;
  bool has_high = false;

  constexpr bool contains(double x) const {
    return (has_low ? x >= low : x > low) && (has_high ? x <= high : x < high);
  }
};

inline constexpr Range non_negative{};
/// Of the weight on the past in a running average or sum; at 1 nothing would ever be forgotten.
inline constexpr Range below_one{.high = 1};

/// `[0, 1)`.
std::ostream& operator<<(std::ostream& out, const Range& range);

}  // namespace ravine::optim
