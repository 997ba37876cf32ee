#include "ravine/tensor/matmul.hpp"

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine {
namespace {

using blas::Transpose;

struct Extents {
  std::size_t m, n, k;
};

template <class T>
Extents extents(const Tensor<T>& a, const Tensor<T>& b, Transpose a_form, Transpose b_form) {
  const auto mark = [](Transpose form) { return form == Transpose::yes ? " transposed" : ""; };
  const bool matrices = a.rank() == 2 && b.rank() == 2;
  const bool at = a_form == Transpose::yes;
  const bool bt = b_form == Transpose::yes;
  if (!matrices || a.shape()[at ? 0 : 1] != b.shape()[bt ? 1 : 0])
    throw ShapeError(text("matmul: shapes ", a.shape(), mark(a_form), " and ", b.shape(),
                          mark(b_form), " do not fit ([m, k] times [k, n] is wanted)"));
  return {a.shape()[at ? 1 : 0], b.shape()[bt ? 0 : 1], a.shape()[at ? 0 : 1]};
}

}  // namespace

template <class T>
void matmul_into(Tensor<T>& c, bool accumulate, const Tensor<T>& a, const Tensor<T>& b,
                 Transpose a_form, Transpose b_form) {
  const auto [m, n, k] = extents(a, b, a_form, b_form);
  if (c.shape() != Shape{m, n})
    throw ShapeError(
        text("matmul: a product of shape ", Shape{m, n}, " does not fit one of ", c.shape()));
  blas::gemm(a_form, b_form, m, n, k, T(1), a.data(), b.data(), accumulate ? T(1) : T(0), c.data());
}

template <class T>
Tensor<T> matmul(const Tensor<T>& a, const Tensor<T>& b, Transpose a_form, Transpose b_form) {
  const auto [m, n, k] = extents(a, b, a_form, b_form);
  Tensor<T> c = Tensor<T>::uninitialized({m, n});
  matmul_into(c, false, a, b, a_form, b_form);
  return c;
}

template Tensor<float> matmul(const Tensor<float>&, const Tensor<float>&, Transpose, Transpose);
template Tensor<double> matmul(const Tensor<double>&, const Tensor<double>&, Transpose, Transpose);
template void matmul_into(Tensor<float>&, bool, const Tensor<float>&, const Tensor<float>&,
                          Transpose, Transpose);
template void matmul_into(Tensor<double>&, bool, const Tensor<double>&, const Tensor<double>&,
                          Transpose, Transpose);

}  // namespace ravine
