#pragma once

#include <cstddef>
#include <string>

namespace ravine::blas {

/// The processor family whose kernels OpenBLAS uses, such as "SkylakeX".
std::string core();
/// The library's version and how it was built, as it says itself: "OpenBLAS 0.3.21 NO_LAPACKE
/// DYNAMIC_ARCH NO_AFFINITY SkylakeX MAX_THREADS=64".
std::string config();
/// The environment variable OPENBLAS_CORETYPE when it is set, which overrides the processor's own.
std::string forced_core();
/// How many threads OpenBLAS uses in a call from this one.
std::size_t threads();
/// Keeps OpenBLAS, in calls from this thread, from starting threads of its own beside ravine's.
void use_one_thread();

enum class Transpose { no, yes };

/// C = op(A) op(B), or C += op(A) op(B) where `accumulate`, on row-major matrices: op(A) is [m, k],
/// op(B) [k, n] and C [m, n]; strides are from row to row.
template <class T>
struct Product {
  Transpose a_form = Transpose::no;
  Transpose b_form = Transpose::no;
  std::size_t m = 0, n = 0, k = 0;
  const T* a = nullptr;
  std::size_t a_stride = 0;
  const T* b = nullptr;
  std::size_t b_stride = 0;
  T* c = nullptr;
  std::size_t c_stride = 0;
  bool accumulate = false;
};

/// Throws ShapeError for an extent that BLAS has no number for.
template <class T>
void check_extents(const Product<T>& product);

/// Computes a product, whose extents were checked, in this thread.
template <class T>
void multiply(const Product<T>& product);

}  // namespace ravine::blas
