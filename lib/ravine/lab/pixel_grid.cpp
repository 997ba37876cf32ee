#include "ravine/lab/pixel_grid.hpp"

#include <set>

#include "ravine/autograd/reduce.hpp"
#include "ravine/autograd/structure.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::lab {
namespace {

std::string named(const Pixel& pixel) { return text(pixel.column, ":", pixel.row); }

/// Half the sum of the squared differences of neighbours along an axis.
Variable<double> roughness(const Variable<double>& w, std::ptrdiff_t axis) {
  const std::size_t extent = w.value().extent(axis);
  const Variable<double> steps = slice(w, axis, 1, extent) - slice(w, axis, 0, extent - 1);
  return 0.5 * sum(steps * steps);
}

}  // namespace

void check(const PixelGrid& grid, std::size_t most) {
  const auto& [columns, rows, seeds] = grid;
  const std::string size = text(columns, "x", rows);
  if (columns < 2 || rows < 2)
    throw InputError(
        text("grid ", size, " is too small: 2 columns and 2 rows are the least (20x20)"));
  // Each is compared first: a product could be too large to be told.
  if (columns > most || rows > most || grid.pixels() > most)
    throw InputError(text("grid ", size, " has more than ", most,
                          " pixels, whose spectrum takes too long (use a smaller grid)"));
  if (seeds.empty()) throw InputError("seeds: no pixel is coloured (give one or more)");
  std::set<std::size_t> seen;
  for (const Pixel& seed : seeds) {
    if (seed.column >= columns || seed.row >= rows)
      throw InputError(text("seed ", named(seed), " is outside the grid (columns are 0 to ",
                            columns - 1, ", rows 0 to ", rows - 1, ")"));
    if (!seen.insert(grid.index(seed)).second)
      throw InputError(text("seed ", named(seed), " is given twice"));
  }
}

Objective objective(const PixelGrid& grid) {
  Tensor<double> is_seed = Tensor<double>::zeros({grid.rows, grid.columns});
  for (const Pixel& seed : grid.seeds) is_seed[grid.index(seed)] = 1;
  return [is_seed](const Variable<double>& w) {
    const Variable<double> missing = w - 1;
    return 0.5 * sum(is_seed * missing * missing) + roughness(w, 0) + roughness(w, 1);
  };
}

Tensor<double> hessian(const PixelGrid& grid) {
  const std::size_t n = grid.pixels();
  Tensor<double> matrix = Tensor<double>::zeros({n, n});
  const auto join = [&](std::size_t i, std::size_t j) {
    matrix[i * n + i] += 1;
    matrix[j * n + j] += 1;
    matrix[i * n + j] -= 1;
    matrix[j * n + i] -= 1;
  };
  for (std::size_t row = 0; row < grid.rows; ++row)
    for (std::size_t column = 0; column < grid.columns; ++column) {
      const std::size_t here = grid.index({column, row});
      if (column + 1 < grid.columns) join(here, grid.index({column + 1, row}));
      if (row + 1 < grid.rows) join(here, grid.index({column, row + 1}));
    }
  for (const Pixel& seed : grid.seeds) matrix[grid.index(seed) * n + grid.index(seed)] += 1;
  return matrix;
}

}  // namespace ravine::lab
