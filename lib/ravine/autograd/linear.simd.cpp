#include "ravine/autograd/linear_kernels.hpp"
#include "ravine/autograd/unary_formulas.hpp"
#include "ravine/tensor/simd.hpp"
#include "ravine/tensor/xview.hpp"

namespace ravine::kernels {
namespace {

struct Identity {
  template <class T>
  static auto y(const auto& x) {
    return x;
  }
  template <class T>
  static auto dx(const auto& dy, const auto&, const auto&) {
    return dy;
  }
};

template <class Body>
void with_formula(Activation activation, Body body) {
  switch (activation) {
    case Activation::relu:
      return body(formulas::Relu());
    case Activation::tanh:
      return body(formulas::Tanh());
    case Activation::sigmoid:
      return body(formulas::Sigmoid());
    default:
      return body(Identity());
  }
}

}  // namespace

template <class Level, class T>
void add_bias_activate(Activation activation, T* y, const T* bias, std::size_t rows,
                       std::size_t columns) {
  with_formula(activation, [&]<class Formula>(Formula) {
    const auto shift = xview::flat(bias, columns);
    for (std::size_t r = 0; r < rows; ++r) {
      auto row = xview::flat(y + r * columns, columns);
      const auto z = row + shift;
      xview::assign(row, Formula::template y<T>(z));
    }
  });
}

template <class Level, class T>
void activation_bias_gradient(Activation activation, const T* dy, const T* y, T* dz, T* bias_grad,
                              std::size_t rows, std::size_t columns) {
  with_formula(activation, [&]<class Formula>(Formula) {
    for (std::size_t r = 0; r < rows; ++r) {
      const auto upstream = xview::flat(dy + r * columns, columns);
      const auto result = xview::flat(y + r * columns, columns);
      auto row = xview::flat(dz + r * columns, columns);
      xview::assign(row, Formula::template dx<T>(upstream, result, result));
      if (bias_grad == nullptr) continue;
      auto total = xview::flat(bias_grad, columns);
      xview::assign(total, total + row);
    }
  });
}

using Tag = simd::RAVINE_SIMD_LEVEL;
template void add_bias_activate<Tag>(Activation, float*, const float*, std::size_t, std::size_t);
template void add_bias_activate<Tag>(Activation, double*, const double*, std::size_t, std::size_t);
template void activation_bias_gradient<Tag>(Activation, const float*, const float*, float*, float*,
                                            std::size_t, std::size_t);
template void activation_bias_gradient<Tag>(Activation, const double*, const double*, double*,
                                            double*, std::size_t, std::size_t);

}  // namespace ravine::kernels
