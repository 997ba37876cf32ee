#pragma once

#include <cstddef>
#include <vector>

#include "ravine/lab/expression.hpp"

namespace ravine::lab {

/// What is looked at of one variable.
struct Interval {
  double low;
  double high;

  friend bool operator==(const Interval&, const Interval&) = default;
};

/// The centres of so many equal parts, from low to high.
std::vector<double> centres(const Interval& interval, std::size_t parts);

/// A function of two variables over a rectangle.
struct Landscape {
  Interval across;  ///< w1
  Interval up;      ///< w2
  std::size_t columns = 0;
  std::size_t rows = 0;
  std::vector<double> values;  ///< at the centres of the cells, [rows * columns], lowest w2 first
};

/// Throws ShapeError where the function is not of two variables.
Landscape landscape(const Expression& function, const Interval& across, const Interval& up,
                    std::size_t columns, std::size_t rows);

}  // namespace ravine::lab
