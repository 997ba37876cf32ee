#include "ravine/lab/landscape.hpp"

namespace ravine::lab {

Landscape landscape(const Expression& function, const Interval& across, const Interval& up,
                    std::size_t columns, std::size_t rows) {
  std::vector<std::vector<double>> cells(2);
  for (const double w2 : centres(up, rows)) {
    for (const double w1 : centres(across, columns)) {
      cells[0].push_back(w1);
      cells[1].push_back(w2);
    }
  }
  return {
      .across = across, .up = up, .columns = columns, .rows = rows, .values = function.at(cells)};
}

}  // namespace ravine::lab
