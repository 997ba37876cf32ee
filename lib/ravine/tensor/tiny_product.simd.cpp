#include "ravine/tensor/tiny_product.hpp"

#include "ravine/tensor/lanes.hpp"
#include "ravine/tensor/simd.hpp"

namespace ravine::kernels {
namespace {

using blas::Product;
using blas::Transpose;

/// Element [i, l] of op(A) is a[i * down + l * along].
struct Steps {
  std::size_t down;
  std::size_t along;
};
template <class T>
Steps steps_of_a(const Product<T>& p) {
  if (p.a_form == Transpose::no) return {.down = p.a_stride, .along = 1};
  return {.down = 1, .along = p.a_stride};
}

/// B as it is: a row of C is a sum of B's rows.
template <class T, class Load, class Store>
void sum_rows(const Product<T>& p, std::size_t column, Load load, Store store) {
  const Steps steps = steps_of_a(p);
  for (std::size_t i = 0; i < p.m; ++i) {
    T* c = p.c + i * p.c_stride + column;
    lanes::Vector<T> total = p.accumulate ? load(c) : lanes::Vector<T>(T(0));
    const T* a = p.a + i * steps.down;
    for (std::size_t l = 0; l < p.k; ++l)
      total += lanes::Vector<T>(a[l * steps.along]) * load(p.b + l * p.b_stride + column);
    store(total, c);
  }
}

template <class T>
void with_plain_b(const Product<T>& p) {
  std::size_t column = 0;
  for (; column + lanes::width<T> <= p.n; column += lanes::width<T>)
    sum_rows(
        p, column, [](const T* from) { return lanes::load(from); },
        [](const lanes::Vector<T>& v, T* to) { v.store_unaligned(to); });
  if (const std::size_t rest = p.n - column; rest != 0)
    sum_rows(
        p, column, [&](const T* from) { return lanes::load_first(from, rest); },
        [&](const lanes::Vector<T>& v, T* to) { lanes::store_first(v, to, rest); });
}

/// B transposed: an element of C is a sum of products of two rows, or of a column of A and a row.
template <class T>
void with_transposed_b(const Product<T>& p) {
  const Steps steps = steps_of_a(p);
  for (std::size_t i = 0; i < p.m; ++i)
    for (std::size_t j = 0; j < p.n; ++j) {
      const T* a = p.a + i * steps.down;
      const T* b = p.b + j * p.b_stride;
      T& c = p.c[i * p.c_stride + j];
      T total = p.accumulate ? c : T(0);
      std::size_t l = 0;
      if (steps.along == 1 && p.k >= lanes::width<T>) {
        lanes::Vector<T> sums(T(0));
        for (; l + lanes::width<T> <= p.k; l += lanes::width<T>)
          sums += lanes::load(a + l) * lanes::load(b + l);
        total += xsimd::hadd(sums);
      }
      // Rows shorter than a vector overlap in the pipeline; adding up lanes would take longer.
      for (; l < p.k; ++l) total += a[l * steps.along] * b[l];
      c = total;
    }
}

}  // namespace

template <class Level, class T>
void tiny_product(const Product<T>& product) {
  if (product.b_form == Transpose::no)
    with_plain_b(product);
  else
    with_transposed_b(product);
}

template void tiny_product<simd::RAVINE_SIMD_LEVEL>(const Product<float>&);
template void tiny_product<simd::RAVINE_SIMD_LEVEL>(const Product<double>&);

}  // namespace ravine::kernels
