#include "ravine/tensor/shape.hpp"

#include <gmock/gmock.h>

#include <limits>
#include <vector>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"
#include "support/throws.hpp"

namespace ravine {
namespace {

using test::throws;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(Shape, KnowsRankSizeAndExtents) {
  const Shape shape{2, 3, 4};
  EXPECT_EQ(shape.rank(), 3u);
  EXPECT_EQ(shape.size(), 24u);
  EXPECT_EQ(shape.back(), 4u);
  EXPECT_THAT(shape.extents(), ElementsAre(2, 3, 4));
  EXPECT_EQ(Shape().size(), 1u);
  EXPECT_EQ((Shape{3, 0, 2}).size(), 0u);
}

TEST(Shape, ReplacesAndDropsAxes) {
  EXPECT_EQ((Shape{2, 3, 4}).with(1, 7), (Shape{2, 7, 4}));
  EXPECT_EQ((Shape{2, 3, 4}).without(0), (Shape{3, 4}));
  EXPECT_EQ((Shape{2, 3, 4}).without(2), (Shape{2, 3}));
  EXPECT_EQ((Shape{2}).without(0), Shape());
}

TEST(Shape, DiffersByRankAndOrder) {
  EXPECT_NE((Shape{2, 3}), (Shape{3, 2}));
  EXPECT_NE((Shape{2}), (Shape{2, 1}));
  EXPECT_NE(Shape(), (Shape{1}));
}

TEST(Shape, PrintsInBrackets) {
  EXPECT_EQ(text(Shape{64, 784}), "[64, 784]");
  EXPECT_EQ(text(Shape()), "[]");
}

TEST(Shape, RefusesTooManyAxes) {
  EXPECT_TRUE(throws<ShapeError>(
      [&] {
        Shape({1, 1, 1, 1, 1, 1, 1});
      },
      AllOf(HasSubstr("at most 6"), HasSubstr("7 were given"))));
}

TEST(Shape, RefusesACountThatOverflows) {
  const std::size_t large = std::size_t{1} << 32U;
  EXPECT_TRUE(throws<ShapeError>(
      [&] {
        Shape({large, large});
      },
      HasSubstr("[4294967296, 4294967296] has too many elements")));
  EXPECT_TRUE(throws<ShapeError>([&] { Shape({std::numeric_limits<std::size_t>::max()}); },
                                 HasSubstr("too many elements")));
}

TEST(Broadcast, FollowsNumPy) {
  EXPECT_EQ(broadcast({3, 4}, {4}, "add"), (Shape{3, 4}));
  EXPECT_EQ(broadcast({4}, {3, 4}, "add"), (Shape{3, 4}));
  EXPECT_EQ(broadcast({3, 1}, {4}, "add"), (Shape{3, 4}));
  EXPECT_EQ(broadcast({2, 1, 3}, {4, 1}, "add"), (Shape{2, 4, 3}));
  EXPECT_EQ(broadcast({}, {5}, "add"), (Shape{5}));
  EXPECT_EQ(broadcast({1}, {}, "add"), (Shape{1}));
  EXPECT_EQ(broadcast({0, 4}, {1, 4}, "add"), (Shape{0, 4}));
  EXPECT_EQ(broadcast({1}, {0}, "add"), (Shape{0}));
}

TEST(Broadcast, NamesTheOperationAndBothShapes) {
  EXPECT_TRUE(throws<ShapeError>(
      [&] {
        broadcast({3, 4}, {3}, "multiply");
      },
      AllOf(HasSubstr("multiply"), HasSubstr("[3, 4]"), HasSubstr("[3]"),
            HasSubstr("equal or 1"))));
  EXPECT_TRUE(throws<ShapeError>(
      [&] {
        broadcast({2, 0}, {2, 3}, "add");
      },
      HasSubstr("[2, 0] and [2, 3]")));
}

TEST(NormalizedAxis, CountsNegativeOnesFromTheBack) {
  EXPECT_EQ(normalized_axis(0, {2, 3}, "sum"), 0u);
  EXPECT_EQ(normalized_axis(-1, {2, 3}, "sum"), 1u);
  EXPECT_EQ(normalized_axis(-2, {2, 3}, "sum"), 0u);
}

TEST(NormalizedAxis, RefusesOthers) {
  for (const std::ptrdiff_t axis : {2, -3, 100})
    EXPECT_TRUE(throws<ShapeError>(
        [&] {
          normalized_axis(axis, {2, 3}, "sum");
        },
        AllOf(HasSubstr("sum"), HasSubstr(text("axis ", axis)), HasSubstr("[2, 3]"))));
  EXPECT_TRUE(throws<ShapeError>([&] { normalized_axis(0, {}, "sum"); }, HasSubstr("[]")));
}

}  // namespace
}  // namespace ravine
