#include "ravine/optim/neighbours.hpp"

#include <utility>

namespace ravine::optim {

template <class T>
std::vector<Tensor<T>> side_by_side(std::span<const Shape> shapes) {
  std::size_t total = 0;
  for (const Shape& shape : shapes)
    if (is_small(shape)) total += padded<T>(shape.size());
  const Tensor<T> buffer = Tensor<T>::zeros({total});
  std::vector<Tensor<T>> tensors;
  tensors.reserve(shapes.size());
  std::size_t at = 0;
  for (const Shape& shape : shapes) {
    if (!is_small(shape)) {
      tensors.push_back(Tensor<T>::zeros(shape));
      continue;
    }
    tensors.push_back(buffer.rows(at, at + shape.size()).reshape(shape));
    at += padded<T>(shape.size());
  }
  return tensors;
}

template <class T>
std::vector<Home<T>> lay_side_by_side(const Parameters<T>& parameters) {
  const auto moves = [](const Parameter<T>& p) {
    return is_small(p.value.shape()) && p.value.unique() && p.grad.unique() &&
           p.grad.shape() == p.value.shape();
  };
  std::vector<Shape> shapes;
  for (const auto& p : parameters)
    if (moves(*p)) shapes.push_back(p->value.shape());
  std::vector<Tensor<T>> values = side_by_side<T>(shapes);
  std::vector<Tensor<T>> grads = side_by_side<T>(shapes);

  std::vector<Home<T>> homes;
  homes.reserve(parameters.size());
  std::size_t next = 0;
  for (const auto& p : parameters) {
    Home<T>& home = homes.emplace_back();
    if (!moves(*p)) continue;
    values[next].assign(p->value);
    if (p->has_grad) grads[next].assign(p->grad);
    p->value = std::move(values[next]);
    p->grad = std::move(grads[next]);
    home = {.value = p->value, .grad = p->grad};
    ++next;
  }
  return homes;
}

template std::vector<Tensor<float>> side_by_side(std::span<const Shape>);
template std::vector<Tensor<double>> side_by_side(std::span<const Shape>);
template std::vector<Home<float>> lay_side_by_side(const Parameters<float>&);
template std::vector<Home<double>> lay_side_by_side(const Parameters<double>&);

}  // namespace ravine::optim
