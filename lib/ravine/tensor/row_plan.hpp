#pragma once

#include <array>
#include <cstddef>

#include "ravine/tensor/shape.hpp"

namespace ravine {

/// How two operands are walked side by side to fill a result that both are stretched to: rows as
/// long as can be, along each of which an operand either moves with the result or stands still.
///
/// Operands of one shape make one row; [64, 256] with [256] makes 64 rows of 256, and so does
/// [64, 256] with [64, 1], where the second stands still along the row.
class RowPlan {
 public:
  RowPlan(const Shape& a, const Shape& b, const Shape& result);

  std::size_t rows() const { return rows_; }
  std::size_t row_length() const { return groups_[0].extent; }
  bool a_moves() const { return groups_[0].a_moves; }
  bool b_moves() const { return groups_[0].b_moves; }

  /// Calls `row(a_offset, b_offset, result_offset)` for every row, in order.
  template <class Row>
  void for_each(Row row) const {
    std::array<std::size_t, Shape::max_rank> index{};
    std::size_t a = 0;
    std::size_t b = 0;
    for (std::size_t r = 0; r < rows_; ++r) {
      row(a, b, r * row_length());
      for (std::size_t g = 1; g < count_; ++g) {
        const Group& group = groups_[g];
        a += group.a_step;
        b += group.b_step;
        if (++index[g] < group.extent) break;
        index[g] = 0;
        a -= group.extent * group.a_step;
        b -= group.extent * group.b_step;
      }
    }
  }

 private:
  /// Neighbouring axes along which each operand does the same; the first group is the innermost.
  struct Group {
    std::size_t extent = 1;
    bool a_moves = true;
    bool b_moves = true;
    std::size_t a_step = 0;
    std::size_t b_step = 0;
  };
  std::array<Group, Shape::max_rank> groups_{};
  std::size_t count_ = 1;
  std::size_t rows_ = 1;
};

}  // namespace ravine
