#pragma once

#include <cstddef>
#include <initializer_list>
#include <iosfwd>
#include <span>
#include <vector>

#include "ravine/tensor/memory.hpp"
#include "ravine/tensor/shape.hpp"

namespace ravine {

/// A dense array of float or double in row-major order on 64-byte aligned kept memory.
///
/// A tensor is a handle: copying one copies a reference, and `reshape` and `rows` give views of
/// the same elements. `clone` copies the elements. Reading from several threads is safe.
template <class T>
class Tensor {
 public:
  using value_type = T;

  /// No elements: shape [0].
  Tensor() : shape_{0} {}
  /// The values in row-major order. Throws ShapeError unless there are `shape.size()` of them.
  Tensor(const Shape& shape, std::span<const T> values);
  Tensor(const Shape& shape, std::initializer_list<T> values)
      : Tensor(shape, std::span(values.begin(), values.size())) {}

  /// Elements not set: the caller writes all of them before any is read. Throws std::bad_alloc.
  static Tensor uninitialized(const Shape& shape);
  static Tensor full(const Shape& shape, T value);
  static Tensor zeros(const Shape& shape) { return full(shape, T(0)); }
  static Tensor ones(const Shape& shape) { return full(shape, T(1)); }
  /// A tensor of rank 0.
  static Tensor scalar(T value) { return full({}, value); }
  /// 0, 1, ..., count - 1.
  static Tensor arange(std::size_t count);

  const Shape& shape() const { return shape_; }
  std::size_t rank() const { return shape_.rank(); }
  /// The number of elements.
  std::size_t size() const { return shape_.size(); }
  bool empty() const { return size() == 0; }
  /// The extent of `axis`; negative counts from the back. Throws ShapeError.
  std::size_t extent(std::ptrdiff_t axis) const;

  T* data() { return data_; }
  const T* data() const { return data_; }
  std::span<T> values() { return {data_, size()}; }
  std::span<const T> values() const { return {data_, size()}; }

  /// The element at a position in row-major order; not checked.
  T& operator[](std::size_t position) { return data_[position]; }
  const T& operator[](std::size_t position) const { return data_[position]; }
  /// The element at an index an axis. Throws ShapeError.
  T& at(std::initializer_list<std::size_t> index) { return data_[position(index)]; }
  const T& at(std::initializer_list<std::size_t> index) const { return data_[position(index)]; }
  /// The only element. Throws ShapeError unless there is exactly one.
  T item() const;

  /// The same elements under another shape of the same size. Throws ShapeError.
  Tensor reshape(const Shape& shape) const;
  /// The same elements: rows [begin, end) along the first axis. Throws ShapeError.
  Tensor rows(std::size_t begin, std::size_t end) const;

  Tensor clone() const;
  /// Copies the elements of a tensor of the same shape. Throws ShapeError.
  void assign(const Tensor& source);
  void fill(T value);

  /// Whether no other tensor or view shares the elements, so that they may be written over.
  bool unique() const { return memory_.unique(); }
  std::vector<T> to_vector() const { return {data_, data_ + size()}; }

 private:
  Tensor(const Shape& shape, Memory memory, T* data)
      : shape_(shape), memory_(std::move(memory)), data_(data) {}
  std::size_t position(std::initializer_list<std::size_t> index) const;

  Shape shape_;
  Memory memory_;
  T* data_ = nullptr;
};

/// Nested brackets; long axes are cut short with an ellipsis.
template <class T>
std::ostream& operator<<(std::ostream& out, const Tensor<T>& tensor);

extern template class Tensor<float>;
extern template class Tensor<double>;

}  // namespace ravine
