#pragma once

#include <array>
#include <cstddef>
#include <initializer_list>
#include <iosfwd>
#include <limits>
#include <span>
#include <string_view>

namespace ravine {

/// The extents of a tensor, outermost first, held in place: making one never allocates.
class Shape {
 public:
  static constexpr std::size_t max_rank = 6;

  Shape() = default;
  Shape(std::initializer_list<std::size_t> extents)
      : Shape(std::span(extents.begin(), extents.size())) {}
  /// Throws ShapeError for more than `max_rank` extents or a count that overflows.
  explicit Shape(std::span<const std::size_t> extents) : rank_(extents.size()) {
    if (rank_ > max_rank) refuse(extents);
    for (std::size_t axis = 0; axis < rank_; ++axis) {
      extents_[axis] = extents[axis];
      if (__builtin_mul_overflow(size_, extents[axis], &size_)) refuse(extents);
    }
    if (size_ > std::numeric_limits<std::ptrdiff_t>::max()) refuse(extents);
  }

  std::size_t rank() const { return rank_; }
  /// The number of elements: the product of the extents, 1 for rank 0.
  std::size_t size() const { return size_; }
  std::size_t operator[](std::size_t axis) const { return extents_[axis]; }
  std::size_t back() const { return extents_[rank_ - 1]; }

  const std::size_t* begin() const { return extents_.data(); }
  const std::size_t* end() const { return extents_.data() + rank_; }
  std::span<const std::size_t> extents() const { return {begin(), end()}; }

  /// The same extents with that of `axis` replaced.
  Shape with(std::size_t axis, std::size_t extent) const;
  /// The same extents without that of `axis`.
  Shape without(std::size_t axis) const;

  friend bool operator==(const Shape& a, const Shape& b) {
    bool equal = a.rank_ == b.rank_ && a.size_ == b.size_;
    for (std::size_t axis = 0; equal && axis < a.rank_; ++axis)
      equal = a.extents_[axis] == b.extents_[axis];
    return equal;
  }

 private:
  [[noreturn]] static void refuse(std::span<const std::size_t> extents);

  std::array<std::size_t, max_rank> extents_{};
  std::size_t rank_ = 0;
  std::size_t size_ = 1;
};

/// `[64, 784]`.
std::ostream& operator<<(std::ostream& out, const Shape& shape);

/// The shape two operands are stretched to by NumPy's rule: aligned at the right, an extent of 1
/// stretches to the other's. Throws ShapeError, naming `operation` and both shapes.
Shape broadcast(const Shape& a, const Shape& b, std::string_view operation);

/// The axis counted from the front; negative counts from the back. Throws ShapeError.
std::size_t normalized_axis(std::ptrdiff_t axis, const Shape& shape, std::string_view operation);

}  // namespace ravine
