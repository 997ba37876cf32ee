#include <xtensor/xmath.hpp>
#include <xtensor/xoperation.hpp>
#include <xtensor/xscalar.hpp>

#include "ravine/autograd/binary_formulas.hpp"
#include "ravine/autograd/elementwise_kernels.hpp"
#include "ravine/tensor/simd.hpp"
#include "ravine/tensor/xview.hpp"

// Within a row the formulas are xtensor expressions. The rows are walked by ours, because xtensor
// leaves its vectors behind where an operand is stretched along the last axis:
// benchmarks/broadcast, [128, 1000] + [128, 1], is 30 times slower with it.

namespace ravine::kernels {
namespace {

/// Calls `row(a, b, offset)` for every row, an operand being a row or a number.
template <class T, class Row>
void for_each_row(const RowPlan& plan, const T* a, const T* b, Row row) {
  const std::size_t n = plan.row_length();
  plan.for_each([&](std::size_t from_a, std::size_t from_b, std::size_t to) {
    if (plan.a_moves() && plan.b_moves())
      row(xview::flat(a + from_a, n), xview::flat(b + from_b, n), to);
    else if (plan.a_moves())
      row(xview::flat(a + from_a, n), xt::xscalar<T>(b[from_b]), to);
    else
      row(xt::xscalar<T>(a[from_a]), xview::flat(b + from_b, n), to);
  });
}

template <class Formula, class T>
constexpr BinaryKernel<T> compiled{
    .y =
        [](const RowPlan& plan, const T* a, const T* b, T* y) {
          for_each_row(plan, a, b, [&](const auto& x1, const auto& x2, std::size_t to) {
            auto out = xview::flat(y + to, plan.row_length());
            xt::noalias(out) = Formula::template y<T>(x1, x2);
          });
        },
    .da =
        [](const RowPlan& plan, const T* dy, const T* a, const T* b, T* da) {
          for_each_row(plan, a, b, [&](const auto& x1, const auto& x2, std::size_t to) {
            auto out = xview::flat(da + to, plan.row_length());
            const auto upstream = xview::flat(dy + to, plan.row_length());
            xt::noalias(out) = Formula::template da<T>(upstream, x1, x2);
          });
        },
    .db =
        [](const RowPlan& plan, const T* dy, const T* a, const T* b, T* db) {
          for_each_row(plan, a, b, [&](const auto& x1, const auto& x2, std::size_t to) {
            auto out = xview::flat(db + to, plan.row_length());
            const auto upstream = xview::flat(dy + to, plan.row_length());
            xt::noalias(out) = Formula::template db<T>(upstream, x1, x2);
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
