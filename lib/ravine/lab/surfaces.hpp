#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ravine/lab/landscape.hpp"

namespace ravine::lab {

/// A function of w1, ..., wn of which all is known that a descent on it can be judged by.
struct Surface {
  std::string name;
  std::string function;  ///< as `Expression` reads it
  std::vector<double> start;
  std::vector<std::vector<double>> minima;  ///< all points with the least value
  double least;                             ///< the value there, f*
  std::vector<Interval> view;               ///< of each variable, with start and minima in it
  std::string teaches;                      ///< sentences
  std::string optimizers;                   ///< specs worth comparing on it, commas between them
  std::size_t steps;                        ///< that show the difference
  std::string source;
};

/// The catalogue, simple before hard.
std::span<const Surface> surfaces();
/// Throws UnknownName, offering the nearest.
const Surface& find_surface(std::string_view name);

}  // namespace ravine::lab
