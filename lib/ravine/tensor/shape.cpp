#include "ravine/tensor/shape.hpp"

#include <algorithm>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine {

void Shape::refuse(std::span<const std::size_t> extents) {
  if (extents.size() > max_rank)
    throw ShapeError(
        text("a shape has at most ", max_rank, " axes, ", extents.size(), " were given"));
  throw ShapeError(text("the shape [", joined(extents), "] has too many elements"));
}

Shape Shape::with(std::size_t axis, std::size_t extent) const {
  auto extents = extents_;
  extents[axis] = extent;
  return Shape(std::span(extents.data(), rank_));
}

Shape Shape::without(std::size_t axis) const {
  auto extents = extents_;
  std::copy(extents.begin() + static_cast<std::ptrdiff_t>(axis) + 1, extents.end(),
            extents.begin() + static_cast<std::ptrdiff_t>(axis));
  return Shape(std::span(extents.data(), rank_ - 1));
}

std::ostream& operator<<(std::ostream& out, const Shape& shape) {
  return out << '[' << joined(shape.extents()) << ']';
}

Shape broadcast(const Shape& a, const Shape& b, std::string_view operation) {
  if (a == b) return a;
  const Shape& longer = a.rank() >= b.rank() ? a : b;
  const Shape& shorter = a.rank() >= b.rank() ? b : a;
  Shape result = longer;
  const std::size_t offset = longer.rank() - shorter.rank();
  for (std::size_t axis = offset; axis < longer.rank(); ++axis) {
    const std::size_t x = longer[axis];
    const std::size_t y = shorter[axis - offset];
    if (x != y && x != 1 && y != 1)
      throw ShapeError(text(operation, ": shapes ", a, " and ", b,
                            " do not fit (aligned at the right, extents must be equal or 1)"));
    result = result.with(axis, x == 1 ? y : x);
  }
  return result;
}

std::size_t normalized_axis(std::ptrdiff_t axis, const Shape& shape, std::string_view operation) {
  const auto rank = static_cast<std::ptrdiff_t>(shape.rank());
  if (axis < -rank || axis >= rank)
    throw ShapeError(
        text(operation, ": axis ", axis, " of a tensor of shape ", shape, " does not exist"));
  return static_cast<std::size_t>(axis < 0 ? axis + rank : axis);
}

}  // namespace ravine
