#include "ravine/tensor/xtensor.hpp"

#include <gmock/gmock.h>

#include <type_traits>
#include <xtensor/xarray.hpp>
#include <xtensor/xmath.hpp>
#include <xtensor/xrandom.hpp>
#include <xtensor/xtensor.hpp>
#include <xtensor/xview.hpp>

#include "ravine/tensor/error.hpp"
#include "support/throws.hpp"

namespace ravine {
namespace {

using test::throws;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(XtensorView, ReadsAndWritesTheSameMemory) {
  auto tensor = Tensor<float>::arange(6).reshape({2, 3});
  auto array = view(tensor);
  EXPECT_EQ(array.data(), tensor.data());
  EXPECT_THAT(array.shape(), ElementsAre(2, 3));
  EXPECT_EQ(array(1, 2), 5);
  array(1, 0) = 42;
  EXPECT_EQ(tensor[3], 42);
  array *= 2;
  EXPECT_THAT(tensor.to_vector(), ElementsAre(0, 2, 4, 84, 8, 10));
}

TEST(XtensorView, OfAConstantIsForReading) {
  const auto tensor = Tensor<double>::arange(4);
  const auto array = view(tensor);
  EXPECT_EQ(xt::sum(array)(), 6);
  static_assert(!std::is_assignable_v<decltype(view(tensor)(0)), double>);
}

TEST(XtensorView, HasEveryRank) {
  auto scalar = Tensor<float>::scalar(3);
  EXPECT_EQ(view(scalar).dimension(), 0u);
  EXPECT_EQ(view(scalar)(), 3);
  auto empty = Tensor<float>::zeros({0, 3});
  EXPECT_EQ(view(empty).size(), 0u);
  auto deep = Tensor<float>::arange(64).reshape({2, 2, 2, 2, 2, 2});
  EXPECT_EQ(view(deep)(1, 0, 1, 0, 1, 1), 43);
}

TEST(XtensorView, WorksOnRowsThatStartOffAVectorsBoundary) {
  auto tensor = Tensor<float>::arange(35).reshape({5, 7});
  auto rows = tensor.rows(1, 4);
  auto array = view(rows);
  xt::noalias(array) = array + 1;
  for (std::size_t i = 0; i < 35; ++i)
    EXPECT_EQ(tensor[i], static_cast<float>(i >= 7 && i < 28 ? i + 1 : i));
}

TEST(ToTensor, CopiesArraysOfBothLayouts) {
  const xt::xarray<double> rows{{1, 2, 3}, {4, 5, 6}};
  const xt::xtensor<double, 2, xt::layout_type::column_major> columns = rows;
  ASSERT_NE(columns.storage()[1], rows.storage()[1]);
  for (const auto& tensor : {to_tensor(rows), to_tensor(columns)}) {
    EXPECT_EQ(tensor.shape(), (Shape{2, 3}));
    EXPECT_THAT(tensor.to_vector(), ElementsAre(1, 2, 3, 4, 5, 6));
  }
}

TEST(ToTensor, EvaluatesExpressions) {
  const xt::xtensor<float, 2> x{{1, 2}, {3, 4}};
  const xt::xtensor<float, 1> b{10, 20};
  EXPECT_THAT(to_tensor(2 * x + b).to_vector(), ElementsAre(12, 24, 16, 28));
  EXPECT_THAT(to_tensor(xt::transpose(x)).to_vector(), ElementsAre(1, 3, 2, 4));
  EXPECT_THAT(to_tensor(xt::view(x, xt::all(), 1)).to_vector(), ElementsAre(2, 4));
  EXPECT_EQ(to_tensor(xt::sum(x)).rank(), 0u);
}

TEST(ToTensor, SharesNothingWithItsSource) {
  xt::xarray<float> x{1, 2, 3};
  const auto tensor = to_tensor(x);
  x(0) = 99;
  EXPECT_EQ(tensor[0], 1);
  EXPECT_TRUE(tensor.unique());
}

TEST(ToTensor, KeepsTheScalarType) {
  static_assert(std::is_same_v<decltype(to_tensor(xt::xarray<float>())), Tensor<float>>);
  static_assert(std::is_same_v<decltype(to_tensor(xt::xarray<double>())), Tensor<double>>);
}

TEST(ToTensor, RefusesMoreAxesThanATensorHas) {
  const xt::xarray<float> deep = xt::ones<float>({1, 1, 1, 1, 1, 1, 1});
  EXPECT_TRUE(throws<ShapeError>([&] { to_tensor(deep); }, HasSubstr("at most 6")));
}

}  // namespace
}  // namespace ravine
