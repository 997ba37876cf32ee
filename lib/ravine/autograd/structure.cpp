#include "ravine/autograd/structure.hpp"

#include "ravine/autograd/tape.hpp"
#include "ravine/tensor/layout.hpp"

namespace ravine {
namespace {

/// The gradient buffer of an input, all zero where nothing is in it yet.
template <class T>
Tensor<T>& zeroed_target(const Backward<T>& backward, std::size_t input) {
  const auto [grad, accumulate] = backward.target(input);
  if (!accumulate) grad.fill(T(0));
  return grad;
}

}  // namespace

template <class T>
Variable<T> reshape(const Variable<T>& x, const Shape& shape) {
  return record<T>("reshape", x.value().reshape(shape), {&x},
                   [from = x.shape()](const Backward<T>& backward) {
                     backward.add(0, backward.grad().reshape(from));
                   });
}

template <class T>
Variable<T> transpose(const Variable<T>& x) {
  return record<T>("transpose", transpose(x.value()), {&x}, [](const Backward<T>& backward) {
    backward.add(0, transpose(backward.grad()));
  });
}

template <class T>
Variable<T> slice(const Variable<T>& x, std::ptrdiff_t axis, std::size_t begin, std::size_t end) {
  return record<T>("slice", slice(x.value(), axis, begin, end), {&x},
                   [axis, begin](const Backward<T>& backward) {
                     add_to_slice(zeroed_target(backward, 0), backward.grad(), axis, begin);
                   });
}

template <class T>
Variable<T> concat(const std::vector<Variable<T>>& parts, std::ptrdiff_t axis) {
  std::vector<Tensor<T>> values;
  std::vector<const Variable<T>*> inputs;
  for (const Variable<T>& part : parts) {
    values.push_back(part.value());
    inputs.push_back(&part);
  }
  Tensor<T> y = concat<T>(std::span<const Tensor<T>>(values), axis);
  std::vector<std::size_t> ends;
  ends.reserve(values.size());
  for (const Tensor<T>& value : values)
    ends.push_back((ends.empty() ? 0 : ends.back()) + value.extent(axis));
  return record<T>("concat", std::move(y), std::span<const Variable<T>* const>(inputs),
                   [axis, ends = std::move(ends)](const Backward<T>& backward) {
                     for (std::size_t i = 0; i < ends.size(); ++i)
                       if (backward.needs(i))
                         backward.add(
                             i, slice(backward.grad(), axis, i == 0 ? 0 : ends[i - 1], ends[i]));
                   });
}

template <class T>
Variable<T> gather_rows(const Variable<T>& x, std::vector<std::size_t> rows) {
  Tensor<T> y = gather_rows(x.value(), std::span<const std::size_t>(rows));
  return record<T>("gather_rows", std::move(y), {&x},
                   [rows = std::move(rows)](const Backward<T>& backward) {
                     add_to_rows(zeroed_target(backward, 0), backward.grad(),
                                 std::span<const std::size_t>(rows));
                   });
}

template Variable<float> reshape(const Variable<float>&, const Shape&);
template Variable<double> reshape(const Variable<double>&, const Shape&);
template Variable<float> transpose(const Variable<float>&);
template Variable<double> transpose(const Variable<double>&);
template Variable<float> slice(const Variable<float>&, std::ptrdiff_t, std::size_t, std::size_t);
template Variable<double> slice(const Variable<double>&, std::ptrdiff_t, std::size_t, std::size_t);
template Variable<float> concat(const std::vector<Variable<float>>&, std::ptrdiff_t);
template Variable<double> concat(const std::vector<Variable<double>>&, std::ptrdiff_t);
template Variable<float> gather_rows(const Variable<float>&, std::vector<std::size_t>);
template Variable<double> gather_rows(const Variable<double>&, std::vector<std::size_t>);

}  // namespace ravine
