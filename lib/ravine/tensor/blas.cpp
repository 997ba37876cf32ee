#include "ravine/tensor/blas.hpp"

#include <cblas.h>

#include <algorithm>
#include <cstdlib>
#include <limits>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::blas {
namespace {

blasint extent(std::size_t n) {
  if (n > static_cast<std::size_t>(std::numeric_limits<blasint>::max()))
    throw ShapeError(text("a matrix product with an extent of ", n, " is too large for BLAS"));
  return static_cast<blasint>(n);
}

CBLAS_TRANSPOSE form(Transpose t) { return t == Transpose::yes ? CblasTrans : CblasNoTrans; }

}  // namespace

std::string core() { return openblas_get_corename(); }

std::string forced_core() {
  const char* forced = std::getenv("OPENBLAS_CORETYPE");
  return forced == nullptr ? "" : forced;
}

std::size_t threads() { return static_cast<std::size_t>(openblas_get_num_threads()); }

void set_threads(std::size_t count) { openblas_set_num_threads(static_cast<int>(count)); }

template <class T>
void gemm(Transpose a_form, Transpose b_form, std::size_t m, std::size_t n, std::size_t k, T alpha,
          const T* a, const T* b, T beta, T* c) {
  if (m == 0 || n == 0) return;
  const blasint lda = extent(a_form == Transpose::yes ? m : k);
  const blasint ldb = extent(b_form == Transpose::yes ? k : n);
  const auto call = [&](auto function) {
    function(CblasRowMajor, form(a_form), form(b_form), extent(m), extent(n), extent(k), alpha, a,
             std::max<blasint>(lda, 1), b, std::max<blasint>(ldb, 1), beta, c, extent(n));
  };
  if constexpr (sizeof(T) == sizeof(float))
    call(cblas_sgemm);
  else
    call(cblas_dgemm);
}

template void gemm(Transpose, Transpose, std::size_t, std::size_t, std::size_t, float, const float*,
                   const float*, float, float*);
template void gemm(Transpose, Transpose, std::size_t, std::size_t, std::size_t, double,
                   const double*, const double*, double, double*);

}  // namespace ravine::blas
