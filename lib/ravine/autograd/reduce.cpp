#include "ravine/autograd/reduce.hpp"

#include "ravine/autograd/tape.hpp"
#include "ravine/tensor/row_plan.hpp"

namespace ravine {
namespace {

Axes span_of(AxisList axes) { return {axes.begin(), axes.size()}; }

/// Calls `body(x_position, y_position)` for every element of x and the one of y it is reduced to.
template <class Body>
void for_each_pair(const Shape& x, const Shape& y, Body body) {
  const RowPlan plan(x, y, x);
  plan.for_each([&](std::size_t from_x, std::size_t from_y, std::size_t) {
    for (std::size_t i = 0; i < plan.row_length(); ++i)
      body(from_x + i, plan.b_moves() ? from_y + i : from_y);
  });
}

}  // namespace

template <class T>
Variable<T> sum(const Variable<T>& x, AxisList axes, bool keep_axes) {
  const Shape kept = reduced_shape(x.shape(), span_of(axes), true, "sum");
  return record<T>("sum", sum(x.value(), span_of(axes), keep_axes), {&x},
                   [kept, from = x.shape()](const Backward<T>& backward) {
                     backward.add(0, broadcast_to(backward.grad().reshape(kept), from));
                   });
}

template <class T>
Variable<T> mean(const Variable<T>& x, AxisList axes, bool keep_axes) {
  Variable<T> total = sum(x, axes, keep_axes);
  return total * (static_cast<T>(total.shape().size()) / static_cast<T>(x.shape().size()));
}

template <class T>
Variable<T> max(const Variable<T>& x, AxisList axes, bool keep_axes) {
  const Shape kept = reduced_shape(x.shape(), span_of(axes), true, "max");
  Tensor<T> y = max(x.value(), span_of(axes), keep_axes);
  return record<T>("max", y, {&x}, [kept, x = x.value(), y](const Backward<T>& backward) {
    const Tensor<T>& dy = backward.grad();
    Tensor<T> sharers = Tensor<T>::zeros(y.shape());
    for_each_pair(x.shape(), kept, [&](std::size_t i, std::size_t j) {
      if (x[i] == y[j]) sharers[j] += T(1);
    });
    Tensor<T> dx = Tensor<T>::uninitialized(x.shape());
    for_each_pair(x.shape(), kept, [&](std::size_t i, std::size_t j) {
      dx[i] = x[i] == y[j] ? dy[j] / sharers[j] : T(0);
    });
    backward.add(0, std::move(dx));
  });
}

template Variable<float> sum(const Variable<float>&, AxisList, bool);
template Variable<double> sum(const Variable<double>&, AxisList, bool);
template Variable<float> mean(const Variable<float>&, AxisList, bool);
template Variable<double> mean(const Variable<double>&, AxisList, bool);
template Variable<float> max(const Variable<float>&, AxisList, bool);
template Variable<double> max(const Variable<double>&, AxisList, bool);

}  // namespace ravine
