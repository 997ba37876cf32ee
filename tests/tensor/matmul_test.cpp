#include "ravine/tensor/matmul.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <thread>
#include <vector>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/tiny_product.hpp"
#include "support/process.hpp"
#include "support/random_tensor.hpp"
#include "support/simd_levels.hpp"
#include "support/throws.hpp"
#include "support/with_threads.hpp"

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

/// Extents that no thread has alone, and no block of which is whole: [m, k] times [k, n].
struct Extents {
  std::size_t m, n, k;
};
constexpr Extents worth_cutting[] = {{131, 67, 49}, {67, 131, 49}, {97, 97, 97},
                                     {1001, 3, 71}, {3, 1001, 71}, {20, 33, 611}};
constexpr Extents vectors[] = {
    {1, 517, 3}, {517, 1, 3}, {1, 1, 1033}, {1, 709, 601}, {709, 1, 601}};

template <class T>
Tensor<T> random_operand(Transpose form, std::size_t rows, std::size_t columns,
                         Generator& generator) {
  return random_tensor<T>(form == Transpose::yes ? Shape{columns, rows} : Shape{rows, columns},
                          generator);
}

template <class Body>
void for_each_form(Body body) {
  for (const auto a_form : {Transpose::no, Transpose::yes})
    for (const auto b_form : {Transpose::no, Transpose::yes}) body(a_form, b_form);
}

template <class T>
void expect_right_on_every_path(std::span<const Extents> cases) {
  Generator generator(4);
  for (const auto [m, n, k] : cases)
    for_each_form([&, m = m, n = n, k = k](Transpose a_form, Transpose b_form) {
      const auto a = random_operand<T>(a_form, m, k, generator);
      const auto b = random_operand<T>(b_form, k, n, generator);
      auto c = Tensor<T>::full({m, n}, std::numeric_limits<T>::quiet_NaN());
      matmul_into(c, false, a, b, a_form, b_form);
      expect_product(c, a, b, a_form, b_form);
      c.fill(T(5));
      matmul_into(c, true, a, b, a_form, b_form);
      expect_product(c, a, b, a_form, b_form, 5);
    });
}

TYPED_TEST(MatmulOf, IsRightForVectorsOfAllForms) {
  for (const std::size_t count : {1, 3}) {
    const test::WithThreads with(count);
    expect_right_on_every_path<TypeParam>(vectors);
  }
}

TYPED_TEST(MatmulOf, IsRightInThePartsOfThreads) {
  for (const std::size_t count : {1, 2, 3, 4}) {
    const test::WithThreads with(count);
    expect_right_on_every_path<TypeParam>(worth_cutting);
  }
}

TYPED_TEST(MatmulOf, TheSameThreadsGiveTheSameBits) {
  using T = TypeParam;
  Generator generator(5);
  const auto a = random_tensor<T>({131, 49}, generator);
  const auto b = random_tensor<T>({49, 67}, generator);
  for (const std::size_t count : {1, 2, 3}) {
    const test::WithThreads with(count);
    const auto first = matmul(a, b).to_vector();
    for (int i = 0; i < 20; ++i) ASSERT_EQ(matmul(a, b).to_vector(), first) << count;
  }
}

TYPED_TEST(MatmulOf, ItsBlocksMakeTheWhole) {
  using T = TypeParam;
  Generator generator(6);
  const Extents cases[] = {{37, 20, 9}, {20, 37, 9}, {5, 3, 2},
                           {1, 50, 4},  {50, 1, 4},  {33, 40, 0}};
  for (const auto [m, n, k] : cases)
    for_each_form([&, m = m, n = n, k = k](Transpose a_form, Transpose b_form) {
      const auto a = random_operand<T>(a_form, m, k, generator);
      const auto b = random_operand<T>(b_form, k, n, generator);
      for (std::size_t parts = 1; parts <= 5; ++parts) {
        auto c = Tensor<T>::full({m, n}, std::numeric_limits<T>::quiet_NaN());
        const blas::Product<T> whole = product(c, false, a, b, a_form, b_form);
        for (std::size_t part = 0; part < parts; ++part)
          blas::multiply(restricted(whole, block_of(whole, parts, part)));
        expect_product(c, a, b, a_form, b_form);
      }
    });
}

TYPED_TEST(MatmulOf, SeveralProductsAtOnceAreThoseOneByOne) {
  using T = TypeParam;
  const test::WithThreads with(3);
  Generator generator(7);
  // One that is worth cutting takes the other along.
  const auto a = random_tensor<T>({131, 49}, generator);
  const auto b = random_tensor<T>({49, 67}, generator);
  const auto small = random_tensor<T>({5, 49}, generator);
  auto large_product = Tensor<T>::uninitialized({131, 67});
  auto small_product = Tensor<T>::uninitialized({5, 67});
  const blas::Product<T> products[] = {
      product(large_product, false, a, b, Transpose::no, Transpose::no),
      product(small_product, false, small, b, Transpose::no, Transpose::no)};
  multiply_all<T>(products);
  expect_product(large_product, a, b, Transpose::no, Transpose::no);
  expect_product(small_product, small, b, Transpose::no, Transpose::no);
}

/// A matrix among NaN: rows that start a few elements further apart than they are long, and more
/// behind the last one.
template <class T>
struct Spaced {
  std::size_t rows, columns;
  std::size_t stride = columns + 3;
  std::vector<T> elements = std::vector<T>(rows * stride + 20, std::numeric_limits<T>::quiet_NaN());

  Spaced(const Tensor<T>& matrix) : rows(matrix.shape()[0]), columns(matrix.shape()[1]) {
    for (std::size_t r = 0; r < rows; ++r)
      std::copy_n(matrix.data() + r * columns, columns,
                  elements.begin() + std::ptrdiff_t(r * stride));
  }
  Tensor<T> matrix() const {
    auto result = Tensor<T>::uninitialized({rows, columns});
    for (std::size_t r = 0; r < rows; ++r)
      std::copy_n(elements.begin() + std::ptrdiff_t(r * stride), columns,
                  result.data() + r * columns);
    return result;
  }
  std::size_t untouched() const {
    return std::size_t(std::ranges::count_if(elements, [](T x) { return std::isnan(x); }));
  }
};

template <class Level, class T>
void expect_tiny_products_right() {
  Generator generator(8);
  for (const std::size_t m : {1, 2, 3})
    for (const std::size_t n : {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33})
      for (const std::size_t k : {0, 1, 2, 3, 4, 7, 8, 15, 16, 17, 35})
        for_each_form([&](Transpose a_form, Transpose b_form) {
          const auto a = random_operand<T>(a_form, m, k, generator);
          const auto b = random_operand<T>(b_form, k, n, generator);
          const Spaced<T> a_spaced(a);
          const Spaced<T> b_spaced(b);
          Spaced<T> c(Tensor<T>::full({m, n}, T(5)));
          const std::size_t guards = c.untouched();
          for (const bool accumulate : {true, false}) {
            kernels::tiny_product<Level>(blas::Product<T>{.a_form = a_form,
                                                          .b_form = b_form,
                                                          .m = m,
                                                          .n = n,
                                                          .k = k,
                                                          .a = a_spaced.elements.data(),
                                                          .a_stride = a_spaced.stride,
                                                          .b = b_spaced.elements.data(),
                                                          .b_stride = b_spaced.stride,
                                                          .c = c.elements.data(),
                                                          .c_stride = c.stride,
                                                          .accumulate = accumulate});
            SCOPED_TRACE(text(Level::name, ", [", m, ", ", k, "] times [", k, ", ", n, "]"));
            expect_product(c.matrix(), a, b, a_form, b_form, accumulate ? 5 : 0);
            ASSERT_EQ(c.untouched(), guards) << "outside of C";
          }
        });
}

TYPED_TEST(MatmulOf, TinyProductsAreRightAtEveryLevelAndStayInside) {
  test::for_each_level(
      [](auto level) { expect_tiny_products_right<decltype(level), TypeParam>(); });
}

TEST(Blas, SaysItsCoreAndConfiguration) {
  EXPECT_FALSE(blas::core().empty());
  EXPECT_THAT(blas::config(), HasSubstr("OpenBLAS"));
}

TEST(Blas, ComputesInOneThread) {
  const auto a = Tensor<float>::ones({200, 200});
  EXPECT_EQ(matmul(a, a)[0], 200);
  EXPECT_EQ(blas::threads(), 1U);
  std::thread([&] { EXPECT_EQ(blas::threads(), 1U); }).join();
}

TEST(Blas, ComputesInOneThreadWhateverTheEnvironmentSays) {
  // OpenBLAS reads it when a process starts.
  const test::Process process =
      test::run_process("/proc/self/exe", {"--gtest_filter=Blas.ComputesInOneThread"},
                        {.environment = {{"OPENBLAS_NUM_THREADS", "2"}, {"OMP_NUM_THREADS", "2"}}});
  EXPECT_EQ(process.status, 0) << process.out << process.err;
  EXPECT_THAT(process.out, HasSubstr("1 test from 1 test suite ran"));
}

TEST(Blas, RefusesExtentsThatItHasNoNumberFor) {
  EXPECT_TRUE(throws<ShapeError>(
      [] { blas::check_extents(blas::Product<float>{.m = std::size_t{1} << 40U}); },
      HasSubstr("an extent of 1099511627776 is too large for BLAS")));
}

}  // namespace
}  // namespace ravine
