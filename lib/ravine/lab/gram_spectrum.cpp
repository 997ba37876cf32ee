#include "ravine/lab/gram_spectrum.hpp"

#include <algorithm>
#include <limits>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/linalg.hpp"
#include "ravine/tensor/matmul.hpp"
#include "ravine/tensor/reduce.hpp"

namespace ravine::lab {
namespace {

Tensor<double> with_bias_column(const Tensor<double>& x) {
  const std::size_t columns = x.shape()[1];
  Tensor<double> wider = Tensor<double>::ones({x.shape()[0], columns + 1});
  for (std::size_t i = 0; i < x.shape()[0]; ++i)
    std::copy_n(x.data() + i * columns, columns, wider.data() + i * (columns + 1));
  return wider;
}

}  // namespace

GramSpectrum gram_spectrum(const FullBatch& batch) {
  if (batch.task != data::Task::regression)
    throw InputError("the loss is a quadratic of the weights for a number alone, not for classes");
  constexpr auto transposed = blas::Transpose::yes;
  const auto n = static_cast<double>(batch.size());
  const Tensor<double> a = with_bias_column(batch.x);
  const std::size_t p = a.shape()[1];
  Tensor<double> gram = matmul(a, a.clone(), transposed);  // [p, n] [n, p]
  Tensor<double> slope =
      matmul(a, batch.y.reshape({batch.size(), 1}), transposed);  // [p, n] [n, 1]
  for (double& element : gram.values()) element /= n;
  for (double& element : slope.values()) element /= n;

  const Eigen<double> eigen = eigh(gram);
  GramSpectrum spectrum{.eigenvalues = eigen.values.to_vector(),
                        .rank = 0,
                        .from_zero = {},
                        .least_loss = sum_of_squares(batch.y) / (2 * n)};
  constexpr double rounding = std::numeric_limits<float>::epsilon();
  const double threshold =
      static_cast<double>(p) * rounding * rounding * spectrum.eigenvalues.back();
  for (std::size_t i = 0; i < p; ++i) {
    const double curvature = eigen.values[i];
    if (curvature <= threshold) continue;
    double along = 0;
    for (std::size_t row = 0; row < p; ++row) along += eigen.vectors[row * p + i] * slope[row];
    ++spectrum.rank;
    spectrum.from_zero.curvatures.push_back(curvature);
    spectrum.from_zero.start.push_back(-along / curvature);
    spectrum.least_loss -= along * along / (2 * curvature);
  }
  const double start_loss = sum_of_squares(batch.y) / (2 * n);
  if (spectrum.least_loss <=
      static_cast<double>(p) * std::numeric_limits<double>::epsilon() * start_loss)
    spectrum.least_loss = 0;  // but for the rounding of the differences
  return spectrum;
}

}  // namespace ravine::lab
