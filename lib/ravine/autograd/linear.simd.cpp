#include "ravine/autograd/linear_kernels.hpp"
#include "ravine/autograd/unary_formulas.hpp"
#include "ravine/tensor/lanes.hpp"
#include "ravine/tensor/simd.hpp"

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

/// `row(offset, columns)` for each row of a window; one long row where there are no gaps, so that
/// narrow matrices fill their vectors, too.
template <class Row>
void for_each_row(Window window, Row row) {
  if (window.columns == window.stride) return row(std::size_t{0}, window.rows * window.columns);
  for (std::size_t r = 0; r < window.rows; ++r) row(r * window.stride, window.columns);
}

}  // namespace

template <class Level, class T>
void add_bias_activate(Activation activation, T* y, const T* bias, Window window) {
  with_formula(activation, [&]<class Formula>(Formula) {
    const auto activated = [](const auto& x, const auto& b) {
      return Formula::template y<T>(x + b);
    };
    if (window.columns == 1 && window.stride == 1) {
      const lanes::Vector<T> b(*bias);
      return lanes::map(
          y, window.rows, [&](const auto& x) { return activated(x, b); }, y);
    }
    for (std::size_t r = 0; r < window.rows; ++r) {
      T* row = y + r * window.stride;
      lanes::map(row, window.columns, activated, row, bias);
    }
  });
}

template <class Level, class T>
void activation_gradient(Activation activation, const T* dy, const T* y, T* dz, Window window) {
  with_formula(activation, [&]<class Formula>(Formula) {
    const auto gradient = [](const auto& upstream, const auto& result) {
      return Formula::template dx<T>(upstream, result, result);
    };
    for_each_row(window, [&](std::size_t at, std::size_t columns) {
      lanes::map(dz + at, columns, gradient, dy + at, y + at);
    });
  });
}

template <class Level, class T>
void bias_gradient(const T* dz, T* bias_grad, bool accumulate, Window window) {
  // A column, or the vectors of several, from the first row to the last: the sums stay in
  // registers.
  if (window.columns == 1) {
    T total = accumulate ? *bias_grad : T(0);
    for (std::size_t r = 0; r < window.rows; ++r) total += dz[r * window.stride];
    *bias_grad = total;
    return;
  }
  const auto sum_rows = [&](std::size_t column, auto load) {
    lanes::Vector<T> total = accumulate ? load(bias_grad + column) : lanes::Vector<T>(T(0));
    for (std::size_t r = 0; r < window.rows; ++r) total += load(dz + r * window.stride + column);
    return total;
  };
  std::size_t column = 0;
  for (; column + lanes::width<T> <= window.columns; column += lanes::width<T>)
    sum_rows(column, [](const T* from) {
      return lanes::load(from);
    }).store_unaligned(bias_grad + column);
  if (const std::size_t rest = window.columns - column; rest != 0)
    lanes::store_first(
        sum_rows(column, [&](const T* from) { return lanes::load_first(from, rest); }),
        bias_grad + column, rest);
}

using Tag = simd::RAVINE_SIMD_LEVEL;
template void add_bias_activate<Tag>(Activation, float*, const float*, Window);
template void add_bias_activate<Tag>(Activation, double*, const double*, Window);
template void activation_gradient<Tag>(Activation, const float*, const float*, float*, Window);
template void activation_gradient<Tag>(Activation, const double*, const double*, double*, Window);
template void bias_gradient<Tag>(const float*, float*, bool, Window);
template void bias_gradient<Tag>(const double*, double*, bool, Window);

}  // namespace ravine::kernels
