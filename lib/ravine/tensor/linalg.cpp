#include "ravine/tensor/linalg.hpp"

#include <algorithm>
#include <cmath>
#include <xtensor-blas/xlinalg.hpp>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/xtensor.hpp"

// LAPACK wants columns and we keep rows: xtensor-blas copies its arguments into column-major order,
// and `to_tensor` copies its results back.

namespace ravine {
namespace {

template <class T>
void check_matrix(const Tensor<T>& a, std::string_view operation) {
  if (a.rank() != 2 || a.empty())
    throw ShapeError(text(operation, ": shape ", a.shape(), " is not a matrix with elements"));
}

template <class T>
void check_square(const Tensor<T>& a, std::string_view operation) {
  check_matrix(a, operation);
  if (a.shape()[0] != a.shape()[1])
    throw ShapeError(text(operation, ": a matrix of shape ", a.shape(), " is not square"));
}

template <class T>
void check_right_hand_side(const Tensor<T>& a, const Tensor<T>& b, std::string_view operation) {
  const bool fits = (b.rank() == 1 || b.rank() == 2) && b.shape()[0] == a.shape()[0];
  if (!fits || b.empty())
    throw ShapeError(text(operation, ": shapes ", a.shape(), " and ", b.shape(),
                          " do not fit (wanted: [m, n] and [m] or [m, r])"));
}

/// Some of LAPACK's routines do not come back from a NaN.
template <class T>
void check_finite(const Tensor<T>& x, std::string_view operation) {
  const auto bad = std::ranges::find_if(x.values(), [](T value) { return !std::isfinite(value); });
  if (bad != x.values().end())
    throw InputError(text(operation, ": a value of the matrix of shape ", x.shape(), " is ", *bad,
                          ", all must be finite"));
}

/// [m] as [m, 1]; a matrix as it is.
template <class T>
Tensor<T> as_columns(const Tensor<T>& b) {
  return b.rank() == 2 ? b : b.reshape({b.size(), 1});
}

/// What a computation by LAPACK returns, its failure told in the house's form.
template <class Compute>
auto run(const std::string& failure, Compute compute) {
  try {
    return compute();
  } catch (const std::runtime_error&) {
    throw InputError(failure);
  }
}

}  // namespace

template <class T>
Eigen<T> eigh(const Tensor<T>& a) {
  check_square(a, "eigh");
  check_finite(a, "eigh");
  const auto [values, vectors] = run(text("eigh: no convergence on a matrix of shape ", a.shape()),
                                     [&] { return xt::linalg::eigh(view(a), 'L'); });
  return {.values = to_tensor(values), .vectors = to_tensor(vectors)};
}

template <class T>
Svd<T> svd(const Tensor<T>& a) {
  check_matrix(a, "svd");
  check_finite(a, "svd");
  const auto [u, s, vt] = run(text("svd: no convergence on a matrix of shape ", a.shape()),
                              [&] { return xt::linalg::svd(view(a), false); });
  return {.u = to_tensor(u), .s = to_tensor(s), .vt = to_tensor(vt)};
}

template <class T>
Tensor<T> solve(const Tensor<T>& a, const Tensor<T>& b) {
  check_square(a, "solve");
  check_right_hand_side(a, b, "solve");
  check_finite(a, "solve");
  check_finite(b, "solve");
  const Tensor<T> columns = as_columns(b);
  const auto x = run(text("solve: the matrix of shape ", a.shape(),
                          " is singular (lstsq gives the smallest of the best solutions)"),
                     [&] { return xt::linalg::solve(view(a), view(columns)); });
  return to_tensor(x).reshape(b.shape());
}

template <class T>
LeastSquares<T> lstsq(const Tensor<T>& a, const Tensor<T>& b, double tolerance) {
  check_matrix(a, "lstsq");
  check_right_hand_side(a, b, "lstsq");
  check_finite(a, "lstsq");
  check_finite(b, "lstsq");
  const Tensor<T> columns = as_columns(b);
  const auto [x, residuals, rank, s] = xt::linalg::lstsq(view(a), view(columns), tolerance);
  return {.solution = to_tensor(x).reshape(b.shape().with(0, a.shape()[1])),
          .rank = static_cast<std::size_t>(rank),
          .singular_values = to_tensor(s)};
}

template Eigen<float> eigh(const Tensor<float>&);
template Eigen<double> eigh(const Tensor<double>&);
template Svd<float> svd(const Tensor<float>&);
template Svd<double> svd(const Tensor<double>&);
template Tensor<float> solve(const Tensor<float>&, const Tensor<float>&);
template Tensor<double> solve(const Tensor<double>&, const Tensor<double>&);
template LeastSquares<float> lstsq(const Tensor<float>&, const Tensor<float>&, double);
template LeastSquares<double> lstsq(const Tensor<double>&, const Tensor<double>&, double);

}  // namespace ravine
