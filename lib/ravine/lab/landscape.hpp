#pragma once

#include <cstddef>
#include <vector>

#include "ravine/lab/expression.hpp"
#include "ravine/lab/interval.hpp"

namespace ravine::lab {

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
