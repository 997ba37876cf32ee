#include "ravine/tensor/linalg.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/layout.hpp"
#include "ravine/tensor/matmul.hpp"
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
class LinalgOf : public testing::Test {
 protected:
  /// What a stable algorithm may be off by, for matrices with elements of about 1.
  static constexpr double tolerance = 200 * std::numeric_limits<T>::epsilon();

  static void expect_near(const Tensor<T>& a, const Tensor<T>& b, double allowed = tolerance) {
    ASSERT_EQ(a.shape(), b.shape());
    for (std::size_t i = 0; i < a.size(); ++i) ASSERT_NEAR(a[i], b[i], allowed) << i;
  }
  static Tensor<T> identity(std::size_t n) {
    auto result = Tensor<T>::zeros({n, n});
    for (std::size_t i = 0; i < n; ++i) result.at({i, i}) = 1;
    return result;
  }
  /// The columns of a matrix [m, n], each times its factor [n].
  static Tensor<T> scaled_columns(const Tensor<T>& a, const Tensor<T>& factors) {
    auto result = a.clone();
    for (std::size_t i = 0; i < result.size(); ++i) result[i] *= factors[i % factors.size()];
    return result;
  }
};
using Scalars = testing::Types<float, double>;
TYPED_TEST_SUITE(LinalgOf, Scalars);

TYPED_TEST(LinalgOf, EighOfTheSecondDifferenceMatrix) {
  // [-1 2 -1]: eigenvalues 2 - 2 cos(k pi / (n + 1)), eigenvectors sin(i k pi / (n + 1)).
  using T = TypeParam;
  constexpr std::size_t n = 12;
  auto a = Tensor<T>::zeros({n, n});
  for (std::size_t i = 0; i < n; ++i) {
    a.at({i, i}) = 2;
    if (i > 0) a.at({i, i - 1}) = a.at({i - 1, i}) = -1;
  }
  const auto [values, vectors] = eigh(a);
  for (std::size_t k = 1; k <= n; ++k) {
    const double angle = static_cast<double>(k) * std::numbers::pi / (n + 1);
    EXPECT_NEAR(values[k - 1], 2 - 2 * std::cos(angle), this->tolerance);
    const double sign = vectors.at({0, k - 1}) < 0 ? -1 : 1;
    for (std::size_t i = 0; i < n; ++i)
      EXPECT_NEAR(sign * vectors.at({i, k - 1}),
                  std::sqrt(2.0 / (n + 1)) * std::sin(static_cast<double>(i + 1) * angle),
                  10 * this->tolerance);
  }
}

TYPED_TEST(LinalgOf, EighPutsTheMatrixBackTogether) {
  using T = TypeParam;
  Generator generator(1);
  for (const std::size_t n : {1, 2, 5, 30}) {
    auto a = random_tensor<T>({n, n}, generator);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < i; ++j) a.at({j, i}) = a.at({i, j});
    const auto before = a.clone();
    const auto [values, vectors] = eigh(a);
    this->expect_near(a, before, 0);
    this->expect_near(matmul(vectors, vectors, Transpose::yes), this->identity(n));
    this->expect_near(
        matmul(this->scaled_columns(vectors, values), vectors, Transpose::no, Transpose::yes), a);
    EXPECT_TRUE(std::ranges::is_sorted(values.values()));
  }
}

TYPED_TEST(LinalgOf, EighReadsTheLowerTriangle) {
  using T = TypeParam;
  const auto [values, vectors] = eigh(Tensor<T>({2, 2}, {2, 99, 1, 2}));
  EXPECT_NEAR(values[0], 1, this->tolerance);
  EXPECT_NEAR(values[1], 3, this->tolerance);
}

TYPED_TEST(LinalgOf, SvdOfAKnownMatrix) {
  // A'A = [[25, 20], [20, 25]] has the eigenvalues 45 and 5.
  using T = TypeParam;
  const auto [u, s, vt] = svd(Tensor<T>({2, 2}, {3, 0, 4, 5}));
  EXPECT_NEAR(s[0], std::sqrt(45.0), 5 * this->tolerance);
  EXPECT_NEAR(s[1], std::sqrt(5.0), 5 * this->tolerance);
}

TYPED_TEST(LinalgOf, SvdPutsTheMatrixBackTogether) {
  using T = TypeParam;
  Generator generator(2);
  for (const Shape& shape : {Shape{7, 4}, {4, 7}, {5, 5}, {1, 6}, {6, 1}, {1, 1}, {40, 23}}) {
    const auto a = random_tensor<T>(shape, generator);
    const std::size_t k = std::min(shape[0], shape[1]);
    const auto [u, s, vt] = svd(a);
    ASSERT_EQ(u.shape(), (Shape{shape[0], k}));
    ASSERT_EQ(s.shape(), Shape{k});
    ASSERT_EQ(vt.shape(), (Shape{k, shape[1]}));
    this->expect_near(matmul(u, u, Transpose::yes), this->identity(k));
    this->expect_near(matmul(vt, vt, Transpose::no, Transpose::yes), this->identity(k));
    this->expect_near(matmul(this->scaled_columns(u, s), vt), a);
    EXPECT_TRUE(std::ranges::is_sorted(s.values(), std::greater<>()));
    EXPECT_GE(s[k - 1], 0);
  }
}

TYPED_TEST(LinalgOf, SolveOfAKnownSystem) {
  using T = TypeParam;
  // 2x + y = 5, x - 3y = -8: x = 1, y = 3. Not symmetric, so that a transposed A would show.
  const Tensor<T> a({2, 2}, {2, 1, 1, -3});
  this->expect_near(solve(a, Tensor<T>({2}, {5, -8})), Tensor<T>({2}, {1, 3}));
  const Tensor<T> upper({2, 2}, {1, 10, 0, 1});
  this->expect_near(solve(upper, Tensor<T>({2}, {21, 2})), Tensor<T>({2}, {1, 2}));
}

TYPED_TEST(LinalgOf, SolveFindsWhatWasMultiplied) {
  using T = TypeParam;
  Generator generator(3);
  for (const std::size_t n : {1, 3, 20}) {
    auto a = random_tensor<T>({n, n}, generator);
    for (std::size_t i = 0; i < n; ++i) a.at({i, i}) += static_cast<T>(n);  // well conditioned
    const auto x = random_tensor<T>({n, 4}, generator);
    const auto b = matmul(a, x);
    this->expect_near(solve(a, b), x);
    const auto first = slice(x, 1, 0, 1).reshape({n});
    this->expect_near(solve(a, slice(b, 1, 0, 1).reshape({n})), first);
  }
}

TYPED_TEST(LinalgOf, LstsqFitsALine) {
  // y = 1, 2, 2, 4 over x = 0, 1, 2, 3: slope 0.9, intercept 0.9 by the normal equations.
  using T = TypeParam;
  const Tensor<T> a({4, 2}, {1, 0, 1, 1, 1, 2, 1, 3});
  const auto fit = lstsq(a, Tensor<T>({4}, {1, 2, 2, 4}));
  this->expect_near(fit.solution, Tensor<T>({2}, {T(0.9), T(0.9)}));
  EXPECT_EQ(fit.rank, 2u);
}

TYPED_TEST(LinalgOf, LstsqLeavesAResidualOrthogonalToTheColumns) {
  using T = TypeParam;
  Generator generator(4);
  const auto a = random_tensor<T>({50, 6}, generator);
  const auto b = random_tensor<T>({50, 3}, generator);
  const auto fit = lstsq(a, b);
  ASSERT_EQ(fit.solution.shape(), (Shape{6, 3}));
  auto residual = matmul(a, fit.solution);
  for (std::size_t i = 0; i < residual.size(); ++i) residual[i] -= b[i];
  this->expect_near(matmul(a, residual, Transpose::yes), Tensor<T>::zeros({6, 3}));
  this->expect_near(fit.singular_values, svd(a).s);
}

TYPED_TEST(LinalgOf, LstsqTakesTheSmallestOfManySolutions) {
  using T = TypeParam;
  // x + y + z = 3 alone: (1, 1, 1).
  const auto wide = lstsq(Tensor<T>({1, 3}, {1, 1, 1}), Tensor<T>({1}, {3}));
  EXPECT_EQ(wide.rank, 1u);
  this->expect_near(wide.solution, Tensor<T>::ones({3}));
  // Two equal columns share their coefficient of 2.
  const auto twins = lstsq(Tensor<T>({3, 2}, {1, 1, 2, 2, 3, 3}), Tensor<T>({3}, {2, 4, 6}));
  EXPECT_EQ(twins.rank, 1u);
  this->expect_near(twins.solution, Tensor<T>::ones({2}));
}

TYPED_TEST(LinalgOf, LstsqCountsSmallSingularValuesAsZero) {
  using T = TypeParam;
  const Tensor<T> a({2, 2}, {1, 0, 0, T(1e-3)});
  const Tensor<T> b({2}, {1, 1});
  EXPECT_EQ(lstsq(a, b).rank, 2u);
  const auto cut = lstsq(a, b, 1e-2);
  EXPECT_EQ(cut.rank, 1u);
  this->expect_near(cut.solution, Tensor<T>({2}, {1, 0}));
}

TEST(Linalg, RefusesASingularSystem) {
  const Tensor<double> a({2, 2}, {1, 2, 2, 4});
  EXPECT_TRUE(throws<InputError>(
      [&] {
        solve(a, Tensor<double>({2}, {1, 1}));
      },
      AllOf(HasSubstr("solve"), HasSubstr("[2, 2]"), HasSubstr("singular"), HasSubstr("lstsq"))));
}

TEST(Linalg, RefusesWhatIsNotFinite) {
  const double nan = std::nan("");
  const Tensor<double> a({2, 2}, {1, 2, nan, 4});
  const Tensor<double> b({2}, {1, std::numeric_limits<double>::infinity()});
  const auto good = Tensor<double>({2, 2}, {1, 0, 0, 1});
  const auto finite = HasSubstr("must be finite");
  EXPECT_TRUE(throws<InputError>([&] { eigh(a); }, AllOf(HasSubstr("eigh"), finite)));
  EXPECT_TRUE(throws<InputError>([&] { svd(a); }, AllOf(HasSubstr("svd"), finite)));
  EXPECT_TRUE(throws<InputError>([&] { solve(good, b); }, AllOf(HasSubstr("is inf"), finite)));
  EXPECT_TRUE(throws<InputError>([&] { lstsq(good, b); }, AllOf(HasSubstr("lstsq"), finite)));
}

TEST(Linalg, ErrorsNameTheShapes) {
  const auto wide = Tensor<double>::ones({2, 3});
  const auto square = Tensor<double>::ones({2, 2});
  EXPECT_TRUE(throws<ShapeError>(
      [&] { eigh(wide); }, AllOf(HasSubstr("eigh"), HasSubstr("[2, 3]"), HasSubstr("not square"))));
  EXPECT_TRUE(throws<ShapeError>([&] { solve(wide, square); }, HasSubstr("not square")));
  EXPECT_TRUE(throws<ShapeError>([] { svd(Tensor<double>::ones({4})); },
                                 AllOf(HasSubstr("svd"), HasSubstr("[4]"))));
  EXPECT_TRUE(throws<ShapeError>([] { svd(Tensor<double>::ones({4, 0})); }, HasSubstr("[4, 0]")));
  EXPECT_TRUE(throws<ShapeError>([&] { solve(square, Tensor<double>::ones({3})); },
                                 AllOf(HasSubstr("[2, 2]"), HasSubstr("[3]"))));
  EXPECT_TRUE(throws<ShapeError>(
      [&] {
        lstsq(wide, Tensor<double>::ones({3, 1}));
      },
      AllOf(HasSubstr("lstsq"), HasSubstr("[2, 3]"), HasSubstr("[3, 1]"))));
  EXPECT_TRUE(throws<ShapeError>([&] { lstsq(wide, Tensor<double>::scalar(1)); },
                                 AllOf(HasSubstr("[2, 3]"), HasSubstr("[]"))));
}

}  // namespace
}  // namespace ravine
