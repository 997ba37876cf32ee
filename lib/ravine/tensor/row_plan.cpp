#include "ravine/tensor/row_plan.hpp"

namespace ravine {
namespace {

/// The extent of an axis counted from the back, 1 where the shape has no such axis.
std::size_t extent_from_back(const Shape& shape, std::size_t axis) {
  return axis < shape.rank() ? shape[shape.rank() - 1 - axis] : 1;
}

}  // namespace

RowPlan::RowPlan(const Shape& a, const Shape& b, const Shape& result) {
  bool started = false;
  for (std::size_t axis = 0; axis < result.rank(); ++axis) {
    const std::size_t extent = extent_from_back(result, axis);
    if (extent == 1) continue;
    const bool a_moves = extent_from_back(a, axis) == extent;
    const bool b_moves = extent_from_back(b, axis) == extent;
    Group& current = groups_[count_ - 1];
    if (!started || (current.a_moves == a_moves && current.b_moves == b_moves)) {
      current = {.extent = current.extent * extent, .a_moves = a_moves, .b_moves = b_moves};
      started = true;
    } else {
      groups_[count_++] = {.extent = extent, .a_moves = a_moves, .b_moves = b_moves};
    }
  }
  std::size_t a_size = 1;
  std::size_t b_size = 1;
  for (std::size_t g = 0; g < count_; ++g) {
    Group& group = groups_[g];
    if (group.a_moves) {
      group.a_step = a_size;
      a_size *= group.extent;
    }
    if (group.b_moves) {
      group.b_step = b_size;
      b_size *= group.extent;
    }
    if (g > 0) rows_ *= group.extent;
  }
}

}  // namespace ravine
