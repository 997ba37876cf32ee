#include "ravine/tensor/row_plan.hpp"

#include <gtest/gtest.h>

#include <tuple>
#include <vector>

namespace ravine {
namespace {

/// The position in an operand that NumPy's rule stretches to the result's element `position`.
std::size_t stretched_position(std::size_t position, const Shape& result, const Shape& operand) {
  std::size_t at = 0;
  std::size_t step = 1;
  for (std::size_t axis = 0; axis < result.rank(); ++axis) {
    const std::size_t extent = result[result.rank() - 1 - axis];
    const std::size_t index = position % extent;
    position /= extent;
    if (axis >= operand.rank()) continue;
    const std::size_t own = operand[operand.rank() - 1 - axis];
    at += own == 1 ? 0 : index * step;
    step *= own;
  }
  return at;
}

TEST(RowPlan, WalksEveryElementOnceWithItsOperands) {
  const std::vector<std::pair<Shape, Shape>> cases{
      {{}, {}},
      {{5}, {5}},
      {{3, 4}, {4}},
      {{4}, {3, 4}},
      {{3, 4}, {3, 1}},
      {{3, 1}, {4}},
      {{3, 4}, {}},
      {{2, 1, 3}, {4, 1}},
      {{2, 1, 2, 1, 3}, {3, 1, 2, 1}},
      {{1, 5, 1}, {2, 1, 3}},
      {{2, 3, 4, 1, 2, 3}, {3, 1, 5, 1, 3}},
      {{1, 1}, {1}},
      {{0, 3}, {3}},
      {{3, 0}, {3, 1}},
      {{1, 4}, {0, 1}},
  };
  for (const auto& [a, b] : cases) {
    const Shape result = broadcast(a, b, "test");
    const RowPlan plan(a, b, result);
    std::size_t next = 0;
    plan.for_each([&](std::size_t from_a, std::size_t from_b, std::size_t to) {
      for (std::size_t i = 0; i < plan.row_length(); ++i, ++next) {
        ASSERT_EQ(to + i, next);
        ASSERT_EQ(from_a + (plan.a_moves() ? i : 0), stretched_position(next, result, a));
        ASSERT_EQ(from_b + (plan.b_moves() ? i : 0), stretched_position(next, result, b));
      }
    });
    EXPECT_EQ(next, result.size()) << result;
    EXPECT_EQ(plan.rows() * plan.row_length(), result.size());
  }
}

TEST(RowPlan, MakesRowsAsLongAsCanBe) {
  const RowPlan same({8, 4, 2}, {8, 4, 2}, {8, 4, 2});
  EXPECT_EQ(same.rows(), 1u);
  EXPECT_EQ(same.row_length(), 64u);
  const RowPlan bias({64, 4, 8}, {4, 8}, {64, 4, 8});
  EXPECT_EQ(bias.rows(), 64u);
  EXPECT_EQ(bias.row_length(), 32u);
  const RowPlan column({64, 256}, {64, 1}, {64, 256});
  EXPECT_EQ(column.rows(), 64u);
  EXPECT_FALSE(column.b_moves());
  const RowPlan number({64, 256}, {}, {64, 256});
  EXPECT_EQ(number.rows(), 1u);
  EXPECT_FALSE(number.b_moves());
}

}  // namespace
}  // namespace ravine
