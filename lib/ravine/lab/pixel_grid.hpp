#pragma once

#include <cstddef>
#include <vector>

#include "ravine/lab/trajectory.hpp"
#include "ravine/tensor/linalg.hpp"

// The colorization problem (Goh, 2017, "Why Momentum Really Works", Distill): a few pixels D of a
// grid are pulled to the colour 1, and every pixel towards its neighbours, E being the pairs of
// them,
//
//     f(w) = 1/2 sum_{i in D} (w_i - 1)^2 + 1/2 sum_{(i,j) in E} (w_i - w_j)^2.
//
// Its minimum is 0, where all is coloured.

namespace ravine::lab {

/// Counted from 0 at the top left.
struct Pixel {
  std::size_t column, row;
};

struct PixelGrid {
  std::size_t columns = 20;
  std::size_t rows = 20;
  std::vector<Pixel> seeds = {{0, 0}};  ///< D

  std::size_t pixels() const { return columns * rows; }
  /// Of a pixel, the top row first.
  std::size_t index(const Pixel& pixel) const { return pixel.row * columns + pixel.column; }
};

/// Throws InputError for a grid with less than 2 rows or columns or more than `most` pixels, for no
/// seeds, and for a seed outside the grid or given twice.
void check(const PixelGrid& grid, std::size_t most);

/// f of the colours [rows, columns].
Objective objective(const PixelGrid& grid);

/// The Hessian, [n, n] with n pixels: the Laplacian of the grid's graph, with 1 added on the
/// diagonal for every seed.
Tensor<double> hessian(const PixelGrid& grid);

}  // namespace ravine::lab
