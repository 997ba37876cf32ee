#pragma once

#include <cstddef>
#include <string>

namespace ravine::blas {

/// The processor family whose kernels OpenBLAS uses, such as "SkylakeX".
std::string core();
/// The environment variable OPENBLAS_CORETYPE when it is set, which overrides the processor's own.
std::string forced_core();
std::size_t threads();
void set_threads(std::size_t count);

enum class Transpose { no, yes };

/// C = alpha op(A) op(B) + beta C on row-major matrices without gaps, op(A) being [m, k] and
/// op(B) [k, n]; beta = 0 overwrites C whatever it holds.
template <class T>
void gemm(Transpose a_form, Transpose b_form, std::size_t m, std::size_t n, std::size_t k, T alpha,
          const T* a, const T* b, T beta, T* c);

}  // namespace ravine::blas
