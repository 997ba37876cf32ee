#include "ravine/autograd/elementwise_kernels.hpp"
#include "ravine/autograd/unary_formulas.hpp"
#include "ravine/tensor/simd.hpp"
#include "ravine/tensor/xview.hpp"

namespace ravine::kernels {
namespace {

template <class Formula, class T>
constexpr UnaryKernel<T> compiled{
    .y =
        [](const T* x, T* y, std::size_t n) {
          auto out = xview::flat(y, n);
          const auto in = xview::flat(x, n);
          xview::assign(out, Formula::template y<T>(in));
        },
    .dx =
        [](const T* dy, const T* x, const T* y, T* dx, std::size_t n) {
          auto out = xview::flat(dx, n);
          const auto upstream = xview::flat(dy, n);
          const auto in = xview::flat(x, n);
          const auto result = xview::flat(y, n);
          xview::assign(out, Formula::template dx<T>(upstream, in, result));
        },
};

template <class T, class... Formulas>
const UnaryKernel<T>& at(std::size_t formula, std::type_identity<std::tuple<Formulas...>>) {
  static constexpr std::array<UnaryKernel<T>, sizeof...(Formulas)> table{compiled<Formulas, T>...};
  return table[formula];
}

}  // namespace

template <class Level, class T>
const UnaryKernel<T>& unary(std::size_t formula) {
  return at<T>(formula, std::type_identity<formulas::Unary>());
}

template const UnaryKernel<float>& unary<simd::RAVINE_SIMD_LEVEL>(std::size_t);
template const UnaryKernel<double>& unary<simd::RAVINE_SIMD_LEVEL>(std::size_t);

}  // namespace ravine::kernels
