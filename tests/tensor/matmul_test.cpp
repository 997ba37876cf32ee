#include "ravine/tensor/matmul.hpp"

#include <gmock/gmock.h>

#include <limits>

#include "ravine/tensor/error.hpp"
#include "support/random_tensor.hpp"
#include "support/throws.hpp"

namespace ravine {
namespace {

using blas::Transpose;
using test::random_tensor;
using test::throws;
using testing::AllOf;
using testing::HasSubstr;

template <class T>
class MatmulOf : public testing::Test {};
using Scalars = testing::Types<float, double>;
TYPED_TEST_SUITE(MatmulOf, Scalars);

/// Element [i, j] of op(a).
template <class T>
double element(const Tensor<T>& a, Transpose form, std::size_t i, std::size_t j) {
  return form == Transpose::yes ? a.at({j, i}) : a.at({i, j});
}

/// |c - op(a) op(b)| against a loop in double, within the error bound k eps |a| |b| of any order
/// of summation (Higham, 2002, section 3.5).
template <class T>
void expect_product(const Tensor<T>& c, const Tensor<T>& a, const Tensor<T>& b, Transpose a_form,
                    Transpose b_form, double already_there = 0) {
  const std::size_t k = a.shape()[a_form == Transpose::yes ? 0 : 1];
  for (std::size_t i = 0; i < c.shape()[0]; ++i)
    for (std::size_t j = 0; j < c.shape()[1]; ++j) {
      double exact = already_there;
      double size = std::abs(already_there);
      for (std::size_t l = 0; l < k; ++l) {
        const double term = element(a, a_form, i, l) * element(b, b_form, l, j);
        exact += term;
        size += std::abs(term);
      }
      const double bound = static_cast<double>(k + 2) * std::numeric_limits<T>::epsilon() * size;
      ASSERT_NEAR(c.at({i, j}), exact, bound) << i << ", " << j;
    }
}

TYPED_TEST(MatmulOf, AgreesWithALoopForAllFormsAndExtents) {
  using T = TypeParam;
  Generator generator(1);
  const std::size_t extents[] = {0, 1, 2, 5, 17, 64};
  for (const auto a_form : {Transpose::no, Transpose::yes})
    for (const auto b_form : {Transpose::no, Transpose::yes})
      for (const std::size_t m : extents)
        for (const std::size_t n : extents)
          for (const std::size_t k : extents) {
            const auto a =
                random_tensor<T>(a_form == Transpose::yes ? Shape{k, m} : Shape{m, k}, generator);
            const auto b =
                random_tensor<T>(b_form == Transpose::yes ? Shape{n, k} : Shape{k, n}, generator);
            const Tensor<T> c = matmul(a, b, a_form, b_form);
            ASSERT_EQ(c.shape(), (Shape{m, n}));
            expect_product(c, a, b, a_form, b_form);
          }
}

TYPED_TEST(MatmulOf, InnerExtentZeroGivesZeros) {
  using T = TypeParam;
  auto c = Tensor<T>::full({2, 3}, std::numeric_limits<T>::quiet_NaN());
  matmul_into(c, false, Tensor<T>::zeros({2, 0}), Tensor<T>::zeros({0, 3}));
  EXPECT_THAT(c.to_vector(), testing::Each(T(0)));
  c.fill(T(7));
  matmul_into(c, true, Tensor<T>::zeros({2, 0}), Tensor<T>::zeros({0, 3}));
  EXPECT_THAT(c.to_vector(), testing::Each(T(7)));
}

TYPED_TEST(MatmulOf, AccumulatesOrOverwritesWhateverIsThere) {
  using T = TypeParam;
  Generator generator(2);
  const auto a = random_tensor<T>({9, 4}, generator);
  const auto b = random_tensor<T>({4, 7}, generator);
  auto c = Tensor<T>::full({9, 7}, std::numeric_limits<T>::quiet_NaN());
  matmul_into(c, false, a, b);
  expect_product(c, a, b, Transpose::no, Transpose::no);
  c.fill(T(5));
  matmul_into(c, true, a, b);
  expect_product(c, a, b, Transpose::no, Transpose::no, 5);
}

TYPED_TEST(MatmulOf, WorksOnOneMatrixTwice) {
  // xt::linalg::dot takes a wrong shortcut where both operands start at one address.
  using T = TypeParam;
  Generator generator(3);
  const auto a = random_tensor<T>({6, 6}, generator);
  for (const auto a_form : {Transpose::no, Transpose::yes})
    for (const auto b_form : {Transpose::no, Transpose::yes})
      expect_product(matmul(a, a, a_form, b_form), a, a, a_form, b_form);
  const auto rows = a.rows(0, 3);
  expect_product(matmul(rows, a, Transpose::no, Transpose::no), rows, a, Transpose::no,
                 Transpose::no);
}

TEST(Matmul, ErrorsNameBothShapesAndForms) {
  const auto a = Tensor<float>::zeros({3, 4});
  EXPECT_TRUE(throws<ShapeError>([&] { matmul(a, a); },
                                 AllOf(HasSubstr("matmul"), HasSubstr("[3, 4] and [3, 4]"),
                                       HasSubstr("[m, k] times [k, n]"))));
  EXPECT_TRUE(throws<ShapeError>(
      [&] {
        matmul(a, Tensor<float>::zeros({3, 5}), Transpose::no, Transpose::yes);
      },
      HasSubstr("[3, 4] and [3, 5] transposed")));
  EXPECT_TRUE(throws<ShapeError>([&] { matmul(a, Tensor<float>::zeros({4})); },
                                 HasSubstr("[3, 4] and [4]")));
  auto c = Tensor<float>::zeros({3, 3});
  EXPECT_TRUE(throws<ShapeError>(
      [&] {
        matmul_into(c, false, a, Tensor<float>::zeros({4, 2}));
      },
      AllOf(HasSubstr("[3, 2]"), HasSubstr("[3, 3]"))));
}

TEST(Blas, SaysItsCoreAndThreads) {
  EXPECT_FALSE(blas::core().empty());
  const std::size_t before = blas::threads();
  blas::set_threads(1);
  EXPECT_EQ(blas::threads(), 1u);
  blas::set_threads(before);
}

}  // namespace
}  // namespace ravine
