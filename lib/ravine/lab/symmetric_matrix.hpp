#pragma once

#include <filesystem>

#include "ravine/tensor/tensor.hpp"

namespace ravine::lab {

/// A symmetric matrix [n, n] from a CSV file of numbers without a header, a line a row. Pairs that
/// differ by rounding, 1e-12 of the largest number, are replaced by their mean. Throws InputError
/// with the place of a cell that is no number, of a row that is too short or too long, and of a
/// pair that differs.
Tensor<double> read_symmetric_matrix(const std::filesystem::path& path);

}  // namespace ravine::lab
