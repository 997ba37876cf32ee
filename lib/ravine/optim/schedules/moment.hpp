#pragma once

#include <algorithm>

namespace ravine::optim {

/// Where a schedule stands, in steps or in epochs.
struct Moment {
  double t = 0;       ///< since the schedule's own start: 0 for its first step
  double length = 0;  ///< how long it lasts
};

/// The part `done` of `whole`, at most 1; all of it where there is nothing to do.
inline double fraction(double done, double whole) {
  return whole > 0 ? std::min(done / whole, 1.0) : 1.0;
}

}  // namespace ravine::optim
