#include "ravine/tensor/layout.hpp"

#include <gmock/gmock.h>

#include "ravine/tensor/error.hpp"
#include "support/random_tensor.hpp"
#include "support/throws.hpp"

namespace ravine {
namespace {

using test::throws;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

using Rows = std::vector<std::size_t>;

const Tensor<float> matrix({2, 3}, {0, 1, 2, 10, 11, 12});

TEST(Transpose, SwapsRowsAndColumns) {
  EXPECT_THAT(transpose(matrix).to_vector(), ElementsAre(0, 10, 1, 11, 2, 12));
  EXPECT_EQ(transpose(matrix).shape(), (Shape{3, 2}));
  EXPECT_EQ(transpose(Tensor<float>::zeros({0, 4})).shape(), (Shape{4, 0}));
  Generator generator(1);
  const auto x = test::random_tensor<double>({37, 53}, generator);
  const auto y = transpose(x);
  for (std::size_t i = 0; i < 37; ++i)
    for (std::size_t j = 0; j < 53; ++j) ASSERT_EQ(y.at({j, i}), x.at({i, j}));
}

TEST(AxisToBack, KeepsTheOrderOfTheOthers) {
  const auto x = Tensor<double>::arange(2 * 3 * 4 * 5).reshape({2, 3, 4, 5});
  const auto y = axis_to_back(x, 1);
  ASSERT_EQ(y.shape(), (Shape{2, 4, 5, 3}));
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t j = 0; j < 3; ++j)
      for (std::size_t k = 0; k < 4; ++k)
        for (std::size_t l = 0; l < 5; ++l) ASSERT_EQ(y.at({i, k, l, j}), x.at({i, j, k, l}));
  for (const std::ptrdiff_t axis : {0, 1, 2, 3, -1, -4}) {
    const auto back = axis_from_back(axis_to_back(x, axis), axis);
    EXPECT_EQ(back.shape(), x.shape());
    EXPECT_EQ(back.to_vector(), x.to_vector());
  }
}

TEST(Slice, TakesAPartOfAnAxis) {
  EXPECT_THAT(slice(matrix, 0, 1, 2).to_vector(), ElementsAre(10, 11, 12));
  EXPECT_THAT(slice(matrix, 1, 1, 3).to_vector(), ElementsAre(1, 2, 11, 12));
  EXPECT_THAT(slice(matrix, -1, 0, 1).to_vector(), ElementsAre(0, 10));
  EXPECT_EQ(slice(matrix, 1, 2, 2).shape(), (Shape{2, 0}));
}

TEST(AddToSlice, AddsThereAndNowhereElse) {
  auto y = matrix.clone();
  add_to_slice(y, Tensor<float>({2, 2}, {100, 200, 300, 400}), 1, 1);
  EXPECT_THAT(y.to_vector(), ElementsAre(0, 101, 202, 10, 311, 412));
}

TEST(Concat, PutsPartsOneAfterAnother) {
  const Tensor<float> row({1, 3}, {7, 8, 9});
  const Tensor<float> rows[] = {matrix, row};
  EXPECT_THAT(concat<float>(rows, 0).to_vector(), ElementsAre(0, 1, 2, 10, 11, 12, 7, 8, 9));
  const Tensor<float> column({2, 1}, {-1, -2});
  const Tensor<float> columns[] = {column, matrix, column};
  EXPECT_THAT(concat<float>(columns, -1).to_vector(),
              ElementsAre(-1, 0, 1, 2, -1, -2, 10, 11, 12, -2));
  const Tensor<float> with_empty[] = {matrix, Tensor<float>::zeros({0, 3})};
  EXPECT_EQ(concat<float>(with_empty, 0).to_vector(), matrix.to_vector());
}

TEST(GatherRows, TakesRowsInAnyOrder) {
  EXPECT_THAT(gather_rows(matrix, Rows{1, 0, 1}).to_vector(),
              ElementsAre(10, 11, 12, 0, 1, 2, 10, 11, 12));
  EXPECT_EQ(gather_rows(matrix, Rows{}).shape(), (Shape{0, 3}));
  const Tensor<float> vector({3}, {5, 6, 7});
  EXPECT_THAT(gather_rows(vector, Rows{2, 2}).to_vector(), ElementsAre(7, 7));
}

TEST(AddToRows, AddsEachTimeARowIsNamed) {
  auto y = matrix.clone();
  add_to_rows(y, Tensor<float>({3, 3}, {1, 1, 1, 2, 2, 2, 4, 4, 4}), Rows{0, 1, 0});
  EXPECT_THAT(y.to_vector(), ElementsAre(5, 6, 7, 12, 13, 14));
}

TEST(Layout, ErrorsNameOperationAndShapes) {
  const auto vector = Tensor<float>::zeros({3});
  EXPECT_TRUE(throws<ShapeError>([&] { transpose(vector); },
                                 AllOf(HasSubstr("transpose"), HasSubstr("[3]"))));
  EXPECT_TRUE(throws<ShapeError>([&] { slice(matrix, 1, 1, 4); },
                                 AllOf(HasSubstr("slice: 1 to 4"), HasSubstr("[2, 3]"))));
  EXPECT_TRUE(throws<ShapeError>([&] { slice(matrix, 0, 2, 1); }, HasSubstr("slice: 2 to 1")));
  EXPECT_TRUE(throws<ShapeError>([&] { slice(matrix, 2, 0, 1); }, HasSubstr("slice: axis 2")));
  EXPECT_TRUE(throws<ShapeError>(
      [&] {
        gather_rows(matrix, Rows{0, 2});
      },
      AllOf(HasSubstr("row 2"), HasSubstr("[2, 3]"))));
  EXPECT_TRUE(throws<ShapeError>([&] { gather_rows(Tensor<float>::scalar(1), Rows{}); },
                                 HasSubstr("gather_rows")));
  EXPECT_TRUE(throws<ShapeError>([] { concat<float>({}, 0); }, HasSubstr("concat")));
  const Tensor<float> unlike[] = {matrix, vector};
  EXPECT_TRUE(throws<ShapeError>([&] { concat<float>(unlike, 0); },
                                 AllOf(HasSubstr("[2, 3]"), HasSubstr("[3]"))));
  const Tensor<float> wider[] = {matrix, Tensor<float>::zeros({2, 4})};
  EXPECT_TRUE(
      throws<ShapeError>([&] { concat<float>(wider, 0); },
                         AllOf(HasSubstr("[2, 3]"), HasSubstr("[2, 4]"), HasSubstr("axis 0"))));
}

}  // namespace
}  // namespace ravine
