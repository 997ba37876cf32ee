#include "ravine/tensor/matmul.hpp"

#include <algorithm>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine {
namespace {

using blas::Product;
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
Product<T> product(Tensor<T>& c, bool accumulate, const Tensor<T>& a, const Tensor<T>& b,
                   Transpose a_form, Transpose b_form) {
  const auto [m, n, k] = extents(a, b, a_form, b_form);
  if (c.rank() != 2 || c.shape()[0] != m || c.shape()[1] != n)
    throw ShapeError(
        text("matmul: a product of shape ", Shape{m, n}, " does not fit one of ", c.shape()));
  const Product<T> result{.a_form = a_form,
                          .b_form = b_form,
                          .m = m,
                          .n = n,
                          .k = k,
                          .a = a.data(),
                          .a_stride = a.shape()[1],
                          .b = b.data(),
                          .b_stride = b.shape()[1],
                          .c = c.data(),
                          .c_stride = n,
                          .accumulate = accumulate};
  blas::check_extents(result);
  return result;
}

template <class T>
std::size_t parts_for(const Product<T>& whole) {
  // A thread that helps has to earn the microsecond or so that it takes to call it.
  constexpr std::size_t least_multiplications = 250'000;
  return parallel::parts_for(whole.m * whole.n * whole.k, least_multiplications);
}

template <class T>
Block block_of(const Product<T>& whole, std::size_t parts, std::size_t part) {
  if (parts == 1) return {.rows = {0, whole.m}, .columns = {0, whole.n}};
  // A cache line of floats: no two threads write to the same one, and BLAS has whole vectors.
  constexpr std::size_t unit = 16;
  if (whole.m > whole.n)
    return {.rows = parallel::part_of(whole.m, parts, part, unit), .columns = {0, whole.n}};
  return {.rows = {0, whole.m}, .columns = parallel::part_of(whole.n, parts, part, unit)};
}

template <class T>
Product<T> restricted(Product<T> whole, const Block& block) {
  whole.m = block.rows.size();
  whole.n = block.columns.size();
  whole.a += block.rows.begin * (whole.a_form == Transpose::no ? whole.a_stride : 1);
  whole.b += block.columns.begin * (whole.b_form == Transpose::no ? 1 : whole.b_stride);
  whole.c += block.rows.begin * whole.c_stride + block.columns.begin;
  return whole;
}

template <class T>
void multiply_all(std::span<const Product<T>> products) {
  std::size_t parts = 1;
  for (const Product<T>& whole : products) parts = std::max(parts, parts_for(whole));
  parallel::run(parts, [&](std::size_t part) {
    for (const Product<T>& whole : products)
      blas::multiply(parts == 1 ? whole : restricted(whole, block_of(whole, parts, part)));
  });
}

template <class T>
void matmul_into(Tensor<T>& c, bool accumulate, const Tensor<T>& a, const Tensor<T>& b,
                 Transpose a_form, Transpose b_form) {
  const Product<T> whole = product(c, accumulate, a, b, a_form, b_form);
  multiply_all<T>(std::span(&whole, 1));
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
template Product<float> product(Tensor<float>&, bool, const Tensor<float>&, const Tensor<float>&,
                                Transpose, Transpose);
template Product<double> product(Tensor<double>&, bool, const Tensor<double>&,
                                 const Tensor<double>&, Transpose, Transpose);
template void multiply_all(std::span<const Product<float>>);
template void multiply_all(std::span<const Product<double>>);
template std::size_t parts_for(const Product<float>&);
template std::size_t parts_for(const Product<double>&);
template Block block_of(const Product<float>&, std::size_t, std::size_t);
template Block block_of(const Product<double>&, std::size_t, std::size_t);
template Product<float> restricted(Product<float>, const Block&);
template Product<double> restricted(Product<double>, const Block&);

}  // namespace ravine
