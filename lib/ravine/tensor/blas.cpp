#include "ravine/tensor/blas.hpp"

#include <cblas.h>

#include <algorithm>
#include <cstdlib>
#include <limits>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/simd.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/tiny_product.hpp"

namespace ravine::blas {
namespace {

blasint extent(std::size_t n) { return static_cast<blasint>(n); }

/// BLAS wants strides of at least 1, of empty matrices too.
blasint stride(std::size_t n) { return std::max<blasint>(extent(n), 1); }

CBLAS_TRANSPOSE form(Transpose t) { return t == Transpose::yes ? CblasTrans : CblasNoTrans; }

/// Whether a product is over before BLAS has looked at its arguments, which takes it about 100 ns
/// (benchmarks/kernels/matmul.cpp).
template <class T>
bool is_tiny(const Product<T>& p) {
  constexpr std::size_t multiplications = 128;
  if (p.k == 0) return true;
  return p.m <= multiplications && p.n <= multiplications && p.k <= multiplications &&
         p.m * p.n * p.k <= multiplications;
}

/// C = A' or A times a vector, op(A) being [rows, columns].
template <class T>
void multiply_vector(Transpose a_form, std::size_t rows, std::size_t columns, const T* a,
                     std::size_t a_stride, const T* x, std::size_t x_step, T* y, std::size_t y_step,
                     bool accumulate) {
  const bool transposed = a_form == Transpose::yes;
  const auto call = [&](auto function) {
    function(CblasRowMajor, form(a_form), extent(transposed ? columns : rows),
             extent(transposed ? rows : columns), T(1), a, stride(a_stride), x, stride(x_step),
             accumulate ? T(1) : T(0), y, stride(y_step));
  };
  if constexpr (sizeof(T) == sizeof(float))
    call(cblas_sgemv);
  else
    call(cblas_dgemv);
}

template <class T>
void multiply_matrices(const Product<T>& p) {
  const auto call = [&](auto function) {
    function(CblasRowMajor, form(p.a_form), form(p.b_form), extent(p.m), extent(p.n), extent(p.k),
             T(1), p.a, stride(p.a_stride), p.b, stride(p.b_stride), p.accumulate ? T(1) : T(0),
             p.c, stride(p.c_stride));
  };
  if constexpr (sizeof(T) == sizeof(float))
    call(cblas_sgemm);
  else
    call(cblas_dgemm);
}

}  // namespace

std::string core() { return openblas_get_corename(); }

std::string config() { return openblas_get_config(); }

std::string forced_core() {
  const char* forced = std::getenv("OPENBLAS_CORETYPE");
  return forced == nullptr ? "" : forced;
}

std::size_t threads() { return static_cast<std::size_t>(openblas_get_num_threads()); }

void use_one_thread() {
  // Builds of OpenBLAS on OpenMP keep the number for each thread, the others for the process.
  thread_local const bool told = (openblas_set_num_threads(1), true);
  static_cast<void>(told);
}

template <class T>
void check_extents(const Product<T>& p) {
  for (const std::size_t n : {p.m, p.n, p.k, p.a_stride, p.b_stride, p.c_stride})
    if (n > static_cast<std::size_t>(std::numeric_limits<blasint>::max()))
      throw ShapeError(text("a matrix product with an extent of ", n, " is too large for BLAS"));
}

template <class T>
void multiply(const Product<T>& p) {
  if (p.m == 0 || p.n == 0) return;
  if (is_tiny(p))
    return simd::dispatch([&](auto level) { kernels::tiny_product<decltype(level)>(p); });
  use_one_thread();
  const auto flipped = [](Transpose f) {
    return f == Transpose::no ? Transpose::yes : Transpose::no;
  };
  const auto step = [](Transpose f, std::size_t along, std::size_t down) {
    return f == Transpose::no ? along : down;
  };
  // A column c = op(A) b, or a row c' = op(B)' a': less work for BLAS than a matrix of one column.
  if (p.n == 1)
    return multiply_vector(p.a_form, p.m, p.k, p.a, p.a_stride, p.b, step(p.b_form, p.b_stride, 1),
                           p.c, p.c_stride, p.accumulate);
  if (p.m == 1)
    return multiply_vector(flipped(p.b_form), p.n, p.k, p.b, p.b_stride, p.a,
                           step(p.a_form, 1, p.a_stride), p.c, 1, p.accumulate);
  multiply_matrices(p);
}

template void check_extents(const Product<float>&);
template void check_extents(const Product<double>&);
template void multiply(const Product<float>&);
template void multiply(const Product<double>&);

}  // namespace ravine::blas
