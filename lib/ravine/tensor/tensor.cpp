#include "ravine/tensor/tensor.hpp"

#include <algorithm>
#include <limits>
#include <new>
#include <numeric>
#include <ostream>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine {

template <class T>
Tensor<T>::Tensor(const Shape& shape, std::span<const T> values) : Tensor(uninitialized(shape)) {
  if (values.size() != size())
    throw ShapeError(text("a tensor of shape ", shape, " has ", size(), " elements, ",
                          values.size(), " were given"));
  std::ranges::copy(values, data_);
}

template <class T>
Tensor<T> Tensor<T>::uninitialized(const Shape& shape) {
  if (shape.size() > std::numeric_limits<std::size_t>::max() / sizeof(T)) throw std::bad_alloc();
  Memory memory(shape.size() * sizeof(T));
  T* data = static_cast<T*>(memory.data());
  return Tensor(shape, std::move(memory), data);
}

template <class T>
Tensor<T> Tensor<T>::full(const Shape& shape, T value) {
  Tensor result = uninitialized(shape);
  result.fill(value);
  return result;
}

template <class T>
Tensor<T> Tensor<T>::arange(std::size_t count) {
  Tensor result = uninitialized({count});
  std::iota(result.data_, result.data_ + count, T(0));
  return result;
}

template <class T>
std::size_t Tensor<T>::extent(std::ptrdiff_t axis) const {
  return shape_[normalized_axis(axis, shape_, "extent")];
}

template <class T>
T Tensor<T>::item() const {
  if (size() != 1) throw ShapeError(text("item: a tensor of shape ", shape_, " is not one number"));
  return data_[0];
}

template <class T>
Tensor<T> Tensor<T>::reshape(const Shape& shape) const {
  if (shape.size() != size())
    throw ShapeError(text("reshape: shape ", shape_, " does not fit ", shape, " (", size(),
                          " elements against ", shape.size(), ")"));
  return Tensor(shape, memory_, data_);
}

template <class T>
Tensor<T> Tensor<T>::rows(std::size_t begin, std::size_t end) const {
  if (rank() == 0 || begin > end || end > shape_[0])
    throw ShapeError(
        text("rows: rows ", begin, " to ", end, " of a tensor of shape ", shape_, " do not exist"));
  const Shape part = shape_.with(0, end - begin);
  const std::size_t row = shape_[0] == 0 ? 0 : size() / shape_[0];
  return Tensor(part, memory_, data_ + begin * row);
}

template <class T>
Tensor<T> Tensor<T>::clone() const {
  return Tensor(shape_, values());
}

template <class T>
void Tensor<T>::assign(const Tensor& source) {
  if (source.shape_ != shape_)
    throw ShapeError(
        text("assign: a tensor of shape ", source.shape_, " does not fit one of ", shape_));
  std::ranges::copy(source.values(), data_);
}

template <class T>
void Tensor<T>::fill(T value) {
  std::fill_n(data_, size(), value);
}

template <class T>
std::size_t Tensor<T>::position(std::initializer_list<std::size_t> index) const {
  std::size_t result = 0;
  std::size_t axis = 0;
  bool inside = index.size() == rank();
  for (const std::size_t i : index) {
    if (!inside || i >= shape_[axis]) {
      inside = false;
      break;
    }
    result = result * shape_[axis++] + i;
  }
  if (!inside)
    throw ShapeError(
        text("at: index [", joined(index), "] of a tensor of shape ", shape_, " does not exist"));
  return result;
}

namespace {

constexpr std::size_t printed_at_each_end = 3;

template <class T>
void print(std::ostream& out, const Tensor<T>& tensor, std::size_t axis, std::size_t offset) {
  if (axis == tensor.rank()) {
    out << tensor[offset];
    return;
  }
  const std::size_t extent = tensor.shape()[axis];
  std::size_t stride = 1;
  for (std::size_t inner = axis + 1; inner < tensor.rank(); ++inner)
    stride *= tensor.shape()[inner];
  out << '[';
  for (std::size_t i = 0; i < extent; ++i) {
    if (i != 0) out << ", ";
    if (extent > 2 * printed_at_each_end && i == printed_at_each_end) {
      out << "..., ";
      i = extent - printed_at_each_end;
    }
    print(out, tensor, axis + 1, offset + i * stride);
  }
  out << ']';
}

}  // namespace

template <class T>
std::ostream& operator<<(std::ostream& out, const Tensor<T>& tensor) {
  print(out, tensor, 0, 0);
  return out;
}

template class Tensor<float>;
template class Tensor<double>;
template std::ostream& operator<<(std::ostream&, const Tensor<float>&);
template std::ostream& operator<<(std::ostream&, const Tensor<double>&);

}  // namespace ravine
