#include "ravine/autograd/elementwise_kernels.hpp"
#include "ravine/autograd/unary_formulas.hpp"
#include "ravine/tensor/lanes.hpp"
#include "ravine/tensor/simd.hpp"

namespace ravine::kernels {
namespace {

template <class Formula, class T>
constexpr UnaryKernel<T> compiled{
    .y =
        [](const T* x, T* y, std::size_t n) {
          lanes::map(
              y, n, [](const auto& in) { return Formula::template y<T>(in); }, x);
        },
    .dx =
        [](const T* dy, const T* x, const T* y, T* dx, std::size_t n) {
          // The vectors of what is not kept are not there to be loaded.
          const T* kept = Formula::keeps == formulas::Keeps::input    ? x
                          : Formula::keeps == formulas::Keeps::output ? y
                                                                      : dy;
          lanes::map(
              dx, n,
              [](const auto& upstream, const auto& in_or_result) {
                return Formula::template dx<T>(upstream, in_or_result, in_or_result);
              },
              dy, kept);
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
