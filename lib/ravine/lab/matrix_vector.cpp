#include "ravine/lab/matrix_vector.hpp"

namespace ravine::lab {

std::vector<double> times(const Tensor<double>& matrix, std::span<const double> v,
                          blas::Transpose form) {
  return matmul(matrix, Tensor<double>({v.size(), 1}, v), form).to_vector();
}

}  // namespace ravine::lab
