#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ravine/data/dataset.hpp"

namespace ravine::lab {

/// Points of a curve, x moved to where powers behave: from -1 to 1.
struct PolynomialData {
  std::string name;
  std::string x_name = "x";
  std::string y_name = "y";
  std::vector<double> x;          ///< [n], in [-1, 1]
  std::vector<double> y;          ///< [n], as they came
  double x_low = -1, x_high = 1;  ///< what -1 and 1 stand for
};

/// 30 points evenly spread over [-1, 1] on sin(pi x), with normal noise of a standard deviation of
/// 0.2.
PolynomialData made_up_points(std::uint64_t seed);

/// The points of a dataset with one feature. Throws InputError where there are more, or the target
/// is not a number, or all x are the same.
PolynomialData points_of(const data::Dataset& dataset);

}  // namespace ravine::lab
