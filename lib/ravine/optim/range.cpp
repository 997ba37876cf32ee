#include "ravine/optim/range.hpp"

#include <ostream>

#include "ravine/optim/setting.hpp"

namespace ravine::optim {

std::ostream& operator<<(std::ostream& out, const Range& range) {
  return out << (range.has_low ? '[' : '(') << Value(range.low) << ", " << Value(range.high)
             << (range.has_high ? ']' : ')') << (range.whole ? ", whole" : "");
}

}  // namespace ravine::optim
