#include "ravine/tensor/tensor.hpp"

#include <gmock/gmock.h>

#include <cstdint>
#include <new>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"
#include "support/throws.hpp"

namespace ravine {
namespace {

using test::throws;
using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;

template <class T>
class TensorOf : public testing::Test {};
using Scalars = testing::Types<float, double>;
TYPED_TEST_SUITE(TensorOf, Scalars);

TYPED_TEST(TensorOf, IsMadeInEveryWay) {
  using T = TypeParam;
  EXPECT_THAT((Tensor<T>({2, 2}, {1, 2, 3, 4})).to_vector(), ElementsAre(1, 2, 3, 4));
  EXPECT_THAT((Tensor<T>::full({2, 3}, T(7))).to_vector(), Each(T(7)));
  EXPECT_THAT((Tensor<T>::zeros({5})).to_vector(), Each(T(0)));
  EXPECT_THAT((Tensor<T>::ones({5})).to_vector(), Each(T(1)));
  EXPECT_THAT((Tensor<T>::arange(4)).to_vector(), ElementsAre(0, 1, 2, 3));
  EXPECT_EQ(Tensor<T>::scalar(T(3)).rank(), 0u);
  EXPECT_EQ(Tensor<T>::scalar(T(3)).item(), T(3));
  EXPECT_EQ(Tensor<T>().shape(), Shape{0});
  EXPECT_TRUE(Tensor<T>().empty());
  EXPECT_EQ((Tensor<T>::zeros({0, 3})).size(), 0u);
}

TYPED_TEST(TensorOf, StartsOnACacheLine) {
  using T = TypeParam;
  for (std::size_t n = 0; n < 200; n += 7) {
    const auto tensor = Tensor<T>::uninitialized({n});
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(tensor.data()) % 64, 0u);
  }
}

TYPED_TEST(TensorOf, RefusesMoreBytesThanThereAreAddresses) {
  // So many elements that their bytes, counted in a std::size_t, come out as 0.
  using T = TypeParam;
  const Shape shape{std::size_t{1} << 32U, (std::size_t{1} << 32U) / sizeof(T)};
  EXPECT_THROW(Tensor<T>::uninitialized(shape), std::bad_alloc);
}

TEST(Tensor, CopiesAndViewsShareTheirElements) {
  const auto a = Tensor<float>::arange(6);
  auto copy = a;
  auto matrix = a.reshape({3, 2});
  auto part = matrix.rows(1, 3);
  EXPECT_FALSE(a.unique());
  part[0] = 42;
  EXPECT_EQ(a[2], 42);
  EXPECT_EQ(copy[2], 42);
  EXPECT_EQ(matrix.at({1, 0}), 42);
  EXPECT_THAT(part.shape(), (Shape{2, 2}));
  EXPECT_THAT(part.to_vector(), ElementsAre(42, 3, 4, 5));
}

TEST(Tensor, ClonesShareNothing) {
  const auto a = Tensor<float>::arange(4);
  auto b = a.clone();
  EXPECT_TRUE(a.unique());
  b[0] = 9;
  EXPECT_EQ(a[0], 0);
  EXPECT_EQ(b.shape(), a.shape());
}

TEST(Tensor, IsUniqueAgainWhenTheOthersAreGone) {
  const auto a = Tensor<float>::arange(4);
  {
    const auto view = a.reshape({2, 2});
    EXPECT_FALSE(a.unique());
  }
  EXPECT_TRUE(a.unique());
}

TEST(Tensor, AViewOutlivesTheTensorItCameFrom) {
  Tensor<double> row;
  {
    const auto matrix = Tensor<double>({2, 2}, {1, 2, 3, 4});
    row = matrix.rows(1, 2);
  }
  EXPECT_THAT(row.to_vector(), ElementsAre(3, 4));
}

TEST(Tensor, RowsMayBeNone) {
  EXPECT_EQ((Tensor<float>::zeros({3, 2})).rows(3, 3).shape(), (Shape{0, 2}));
  EXPECT_EQ((Tensor<float>::zeros({0, 2})).rows(0, 0).shape(), (Shape{0, 2}));
}

TEST(Tensor, AssignsElementsIntoItsOwnMemory) {
  auto a = Tensor<float>::zeros({2, 2});
  const auto view = a.reshape({4});
  a.assign(Tensor<float>({2, 2}, {1, 2, 3, 4}));
  EXPECT_THAT(view.to_vector(), ElementsAre(1, 2, 3, 4));
}

TEST(Tensor, ExtentCountsAxesFromEitherEnd) {
  const auto a = Tensor<float>::zeros({2, 3, 4});
  EXPECT_EQ(a.extent(0), 2u);
  EXPECT_EQ(a.extent(-1), 4u);
  EXPECT_TRUE(
      throws<ShapeError>([&] { a.extent(3); }, AllOf(HasSubstr("axis 3"), HasSubstr("[2, 3, 4]"))));
}

TEST(Tensor, ErrorsNameBothShapes) {
  auto a = Tensor<float>::zeros({2, 3});
  EXPECT_TRUE(throws<ShapeError>(
      [] {
        Tensor<float>({2, 2}, {1, 2, 3});
      },
      AllOf(HasSubstr("[2, 2]"), HasSubstr("4 elements"), HasSubstr("3 were given"))));
  EXPECT_TRUE(throws<ShapeError>(
      [&] {
        a.reshape({4, 2});
      },
      AllOf(HasSubstr("reshape"), HasSubstr("[2, 3]"), HasSubstr("[4, 2]"))));
  EXPECT_TRUE(throws<ShapeError>(
      [&] {
        a.assign(Tensor<float>::zeros({3, 2}));
      },
      AllOf(HasSubstr("assign"), HasSubstr("[3, 2]"), HasSubstr("[2, 3]"))));
  EXPECT_TRUE(throws<ShapeError>([&] { a.rows(1, 3); },
                                 AllOf(HasSubstr("rows 1 to 3"), HasSubstr("[2, 3]"))));
  EXPECT_TRUE(throws<ShapeError>([&] { a.rows(2, 1); }, HasSubstr("rows 2 to 1")));
  EXPECT_TRUE(throws<ShapeError>([] { Tensor<float>::scalar(1).rows(0, 0); }, HasSubstr("[]")));
  EXPECT_TRUE(throws<ShapeError>([&] { a.item(); }, AllOf(HasSubstr("item"), HasSubstr("[2, 3]"))));
}

TEST(Tensor, AtChecksTheIndex) {
  auto a = Tensor<float>({2, 2}, {1, 2, 3, 4});
  EXPECT_EQ(a.at({1, 0}), 3);
  a.at({1, 0}) = 7;
  EXPECT_EQ(a[2], 7);
  for (const auto index : {std::initializer_list<std::size_t>{2, 0}, {0, 2}, {0}, {0, 0, 0}})
    EXPECT_TRUE(
        throws<ShapeError>([&] { a.at(index); },
                           AllOf(HasSubstr(text("[", joined(index), "]")), HasSubstr("[2, 2]"))));
}

TEST(Tensor, PrintsNestedBrackets) {
  EXPECT_EQ(text(Tensor<float>({2, 2}, {1, 2.5, -3, 4})), "[[1, 2.5], [-3, 4]]");
  EXPECT_EQ(text(Tensor<float>::scalar(2)), "2");
  EXPECT_EQ(text(Tensor<float>()), "[]");
  EXPECT_EQ(text(Tensor<float>::zeros({2, 0})), "[[], []]");
}

TEST(Tensor, PrintsTheEndsOfALongAxis) {
  EXPECT_EQ(text(Tensor<float>::arange(6)), "[0, 1, 2, 3, 4, 5]");
  EXPECT_EQ(text(Tensor<float>::arange(7)), "[0, 1, 2, ..., 4, 5, 6]");
  EXPECT_EQ(text(Tensor<float>::arange(100)), "[0, 1, 2, ..., 97, 98, 99]");
}

}  // namespace
}  // namespace ravine
