#include <algorithm>
#include <array>

#include "ravine/autograd/binary_formulas.hpp"
#include "ravine/autograd/elementwise_kernels.hpp"
#include "ravine/tensor/simd.hpp"
#include "ravine/tensor/xview.hpp"

// Within a row the formulas are xtensor expressions. The rows are walked by ours, because xtensor
// leaves its vectors behind where an operand is stretched along the last axis: [128, 1000] +
// [128, 1] in benchmarks/kernels/broadcast.cpp is 20 times slower with it. An operand that stands
// still along the row is written into a short row of its own first, so that each formula is
// compiled once.

namespace ravine::kernels {
namespace {

/// Elements of a row taken at a time: two such pieces stay in the first-level cache.
constexpr std::size_t piece = 1024;

/// Calls `body(a, b, offset, n)` for pieces of rows, in order.
template <class T, class Body>
void for_each_piece(const RowPlan& plan, const T* a, const T* b, Body body) {
  // An operand that stands still may be absent where the rows are empty; see elementwise.cpp.
  if (plan.row_length() == 0) return;
  const bool both_move = plan.a_moves() && plan.b_moves();
  std::array<T, piece> still;
  plan.for_each([&](std::size_t from_a, std::size_t from_b, std::size_t to) {
    const std::size_t length = plan.row_length();
    if (both_move) return body(a + from_a, b + from_b, to, length);
    std::fill_n(still.begin(), std::min(piece, length), plan.a_moves() ? b[from_b] : a[from_a]);
    for (std::size_t begin = 0; begin < length; begin += piece) {
      const std::size_t n = std::min(piece, length - begin);
      if (plan.a_moves())
        body(a + from_a + begin, still.data(), to + begin, n);
      else
        body(still.data(), b + from_b + begin, to + begin, n);
    }
  });
}

template <class Formula, class T>
constexpr BinaryKernel<T> compiled{
    .y =
        [](const RowPlan& plan, const T* a, const T* b, T* y) {
          for_each_piece(plan, a, b, [&](const T* a0, const T* b0, std::size_t to, std::size_t n) {
            auto out = xview::flat(y + to, n);
            const auto x1 = xview::flat(a0, n);
            const auto x2 = xview::flat(b0, n);
            xview::assign(out, Formula::template y<T>(x1, x2));
          });
        },
    .da =
        [](const RowPlan& plan, const T* dy, const T* a, const T* b, T* da) {
          for_each_piece(plan, a, b, [&](const T* a0, const T* b0, std::size_t to, std::size_t n) {
            auto out = xview::flat(da + to, n);
            const auto upstream = xview::flat(dy + to, n);
            const auto x1 = xview::flat(a0, n);
            const auto x2 = xview::flat(b0, n);
            xview::assign(out, Formula::template da<T>(upstream, x1, x2));
          });
        },
    .db =
        [](const RowPlan& plan, const T* dy, const T* a, const T* b, T* db) {
          for_each_piece(plan, a, b, [&](const T* a0, const T* b0, std::size_t to, std::size_t n) {
            auto out = xview::flat(db + to, n);
            const auto upstream = xview::flat(dy + to, n);
            const auto x1 = xview::flat(a0, n);
            const auto x2 = xview::flat(b0, n);
            xview::assign(out, Formula::template db<T>(upstream, x1, x2));
          });
        },
};

template <class T, class... Formulas>
const BinaryKernel<T>& at(std::size_t formula, std::type_identity<std::tuple<Formulas...>>) {
  static constexpr std::array<BinaryKernel<T>, sizeof...(Formulas)> table{compiled<Formulas, T>...};
  return table[formula];
}

}  // namespace

template <class Level, class T>
const BinaryKernel<T>& binary(std::size_t formula) {
  return at<T>(formula, std::type_identity<formulas::Binary>());
}

template const BinaryKernel<float>& binary<simd::RAVINE_SIMD_LEVEL>(std::size_t);
template const BinaryKernel<double>& binary<simd::RAVINE_SIMD_LEVEL>(std::size_t);

}  // namespace ravine::kernels
