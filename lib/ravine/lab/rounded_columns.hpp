#pragma once

#include <string>
#include <vector>

#include "ravine/data/dataset.hpp"

// Data are read as float, which has 24 bits: a column far from 0 for its spread has few of them
// left for what tells its values apart, and standardising does not bring them back.

namespace ravine::lab {

struct RoundedColumn {
  std::string name;
  /// Its largest value in size, in standard deviations.
  double distance;
  /// Half a step of float there, in standard deviations: at most so much is each value off.
  double error;
};

/// The features, and a target that is a number, that may be off by more than `tolerable` once they
/// are standardised, the worst first. Columns of integers below 2^22 in size are exact, and
/// constant ones have no spread.
std::vector<RoundedColumn> rounded_columns(const data::Dataset& raw, double tolerable);

}  // namespace ravine::lab
