#include <algorithm>
#include <cmath>

#include "ravine/tensor/kernels.hpp"
#include "ravine/tensor/simd.hpp"
#include "ravine/tensor/xview.hpp"

namespace ravine::kernels {

template <class Level, class T>
void softmax(const T* x, T* y, T* log_sums, std::size_t rows, std::size_t columns) {
  // The exponentials are taken of all rows at once: ten classes would not fill a vector.
  for (std::size_t r = 0; r < rows; ++r) {
    const T* row = x + r * columns;
    log_sums[r] = *std::max_element(row, row + columns);
    for (std::size_t c = 0; c < columns; ++c) y[r * columns + c] = row[c] - log_sums[r];
  }
  auto all = xview::flat(y, rows * columns);
  xview::assign(all, xt::exp(all));
  for (std::size_t r = 0; r < rows; ++r) {
    T total = 0;
    for (std::size_t c = 0; c < columns; ++c) total += y[r * columns + c];
    const T share = T(1) / total;
    for (std::size_t c = 0; c < columns; ++c) y[r * columns + c] *= share;
    log_sums[r] += std::log(total);
  }
}

template void softmax<simd::RAVINE_SIMD_LEVEL>(const float*, float*, float*, std::size_t,
                                               std::size_t);
template void softmax<simd::RAVINE_SIMD_LEVEL>(const double*, double*, double*, std::size_t,
                                               std::size_t);

}  // namespace ravine::kernels
