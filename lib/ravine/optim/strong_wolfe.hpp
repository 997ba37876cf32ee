#pragma once

#include <cstddef>
#include <functional>

#include "ravine/tensor/tensor.hpp"

namespace ravine::optim {

/// A point on the line w + t d: phi(t) = f(w + t d) and what it changes by.
template <class T>
struct LinePoint {
  double t = 0;
  double value = 0;         ///< phi(t), infinite where f or its gradient is not finite
  double slope = 0;         ///< phi'(t) = g^T d
  Tensor<T> gradient = {};  ///< g, [n]
};

/// Evaluates phi.
template <class T>
using Line = std::function<LinePoint<T>(double t)>;

/// What a step along a line must satisfy: the strong Wolfe conditions (Nocedal and Wright, 2006,
/// equation 3.7), and what the search for one may cost; the numbers are PyTorch's.
struct StrongWolfe {
  double sufficient_decrease = 1e-4;  ///< c_1
  double curvature = 0.9;             ///< c_2
  double shortest_bracket = 1e-9;     ///< as the largest change of an element of w
  std::size_t refinements = 25;       ///< evaluations beyond the first
};

/// phi(t) <= phi(0) + c_1 t phi'(0).
template <class T>
bool decreases_enough(const LinePoint<T>& point, const LinePoint<T>& start,
                      const StrongWolfe& conditions);
/// |phi'(t)| <= c_2 |phi'(0)|.
template <class T>
bool is_flat_enough(const LinePoint<T>& point, const LinePoint<T>& start,
                    const StrongWolfe& conditions);

/// Where the cubic through the values and slopes of two points has its minimum (equation 3.59),
/// held within [low, high]; their middle where it has none.
template <class T>
double cubic_minimum(const LinePoint<T>& a, const LinePoint<T>& b, double low, double high);

/// Searches from `start`, t = 0, where phi falls, for a point that satisfies the conditions
/// (algorithms 3.5 and 3.6), trying `first` before others. The lowest point of the last bracket
/// where none is found in time: the start itself, if nothing else. `direction_size` is the largest
/// |d_i|. An infinite value is higher than any other, and the search turns back from it.
template <class T>
LinePoint<T> search_strong_wolfe(const Line<T>& line, const LinePoint<T>& start, double first,
                                 double direction_size, const StrongWolfe& conditions = {});

}  // namespace ravine::optim
