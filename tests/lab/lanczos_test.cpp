#include "ravine/lab/lanczos.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/linalg.hpp"
#include "ravine/tensor/matmul.hpp"
#include "ravine/tensor/random.hpp"
#include "support/random_tensor.hpp"
#include "support/throws.hpp"

namespace ravine::lab {
namespace {

using test::message;
using testing::HasSubstr;

/// Q diag(values) Q' with a random orthogonal Q.
Tensor<double> matrix_with(const std::vector<double>& values, std::uint64_t seed) {
  Generator generator(seed);
  const std::size_t n = values.size();
  const Tensor<double> q = svd(test::random_tensor<double>({n, n}, generator)).u;
  Tensor<double> scaled = q.clone();
  for (std::size_t i = 0; i < n * n; ++i) scaled[i] *= values[i % n];
  return matmul(scaled, q, blas::Transpose::no, blas::Transpose::yes);
}

SymmetricProduct product_with(const Tensor<double>& a) {
  return [a](const Tensor<double>& v) {
    return matmul(a, v.reshape({v.size(), 1})).reshape({v.size()});
  };
}

void expect_ends(const std::vector<double>& values, const LanczosOptions& options = {}) {
  const auto [low, high] = std::ranges::minmax(values);
  const double size = std::max(std::abs(low), std::abs(high));
  const std::size_t n = values.size();
  for (const std::uint64_t seed : {1, 2, 3}) {
    const Tensor<double> a = matrix_with(values, seed);
    const ExtremeEigenvalues ends = extreme_eigenvalues(product_with(a), n, options);
    EXPECT_TRUE(ends.converged);
    EXPECT_LE(ends.products, n);
    EXPECT_NEAR(ends.largest.value, high, 1e-6 * size);
    EXPECT_NEAR(ends.smallest.value, low, 1e-6 * size);
    for (const RitzPair& pair : {ends.largest, ends.smallest}) {
      EXPECT_LE(pair.residual, 1e-6 * size);
      // The bound is the norm of what is left of A u - value u.
      const Tensor<double> image = product_with(a)(pair.vector);
      double left = 0;
      double length = 0;
      for (std::size_t i = 0; i < n; ++i) {
        left += std::pow(image[i] - pair.value * pair.vector[i], 2);
        length += std::pow(pair.vector[i], 2);
      }
      EXPECT_NEAR(std::sqrt(left), pair.residual, 1e-12 * size + 1e-6 * pair.residual);
      EXPECT_NEAR(length, 1, 1e-12);
    }
  }
}

std::vector<double> evenly(double low, double high, std::size_t n) {
  std::vector<double> values;
  for (std::size_t i = 0; i < n; ++i)
    values.push_back(low + (high - low) * static_cast<double>(i) / static_cast<double>(n - 1));
  return values;
}

TEST(Lanczos, FindsTheEndsOfASpectrum) {
  expect_ends(evenly(1, 100, 120));
  expect_ends(evenly(-7, 3, 60));
  expect_ends(evenly(-5, -1, 40));
  expect_ends({4});
  expect_ends({-4, 4});
}

TEST(Lanczos, IsNotFooledByMultipleAndClusteredEigenvalues) {
  std::vector<double> values(30, 0.0);
  values.insert(values.end(), 20, 5.0);
  values.insert(values.end(), 3, -2.0);
  expect_ends(values);
  values = evenly(2, 2.000001, 40);
  values.push_back(-1e-3);
  values.push_back(2.1);
  expect_ends(values);
  values = evenly(1e-8, 1e-6, 50);  // as those of a network: most are next to nothing
  values.insert(values.end(), {1, 10, 10});
  expect_ends(values);
}

TEST(Lanczos, SeesMatricesThatAreNothingButOneEigenvalue) {
  expect_ends(std::vector<double>(12, 3.0));
  const ExtremeEigenvalues zero = extreme_eigenvalues(
      [](const Tensor<double>& v) { return Tensor<double>::zeros(v.shape()); }, 9);
  EXPECT_TRUE(zero.converged);
  EXPECT_EQ(zero.largest.value, 0);
  EXPECT_EQ(zero.smallest.value, 0);
}

/// From an eigenvector, or from the span of some, no power of the matrix leads out.
TEST(Lanczos, GoesOnWhereTheStartSpansAnInvariantSpace) {
  const std::vector<double> diagonal{3, 1, -4, 8, 0, 0};
  const SymmetricProduct product = [&](const Tensor<double>& v) {
    Tensor<double> image = v.clone();
    for (std::size_t i = 0; i < image.size(); ++i) image[i] *= diagonal[i];
    return image;
  };
  for (const std::vector<double>& start : {std::vector<double>{1, 0, 0, 0, 0, 0},
                                           {1, 1, 0, 0, 0, 0},
                                           {0, 0, 0, 2, 0, 0},
                                           {0, 0, 0, 0, 1, 1}}) {
    const ExtremeEigenvalues ends =
        extreme_eigenvalues(product, 6, {.start = Tensor<double>({6}, start)});
    EXPECT_TRUE(ends.converged);
    EXPECT_NEAR(ends.largest.value, 8, 1e-12);
    EXPECT_NEAR(ends.smallest.value, -4, 1e-12);
  }
}

TEST(Lanczos, AGoodStartSavesProducts) {
  const Tensor<double> a = matrix_with(evenly(1, 50, 200), 4);
  LanczosOptions options{.smallest_wanted = false};
  const ExtremeEigenvalues cold = extreme_eigenvalues(product_with(a), 200, options);
  options.start = cold.largest.vector;
  const ExtremeEigenvalues warm = extreme_eigenvalues(product_with(a), 200, options);
  EXPECT_NEAR(warm.largest.value, 50, 1e-5);
  EXPECT_LT(warm.products, cold.products / 2);
}

/// Once T's smallest eigenvalue is 0 for all that is counted, A's cannot be above it.
TEST(Lanczos, EndsWhereTheSmallestIsSettled) {
  std::vector<double> values = evenly(0, 1, 300);
  values.push_back(10);
  const Tensor<double> a = matrix_with(values, 7);
  const auto ends = [&](const LanczosOptions& options) {
    return extreme_eigenvalues(product_with(a), values.size(), options);
  };
  const ExtremeEigenvalues exact = ends({});
  const ExtremeEigenvalues settled = ends({.flat_share = 0.01, .flat_steps = 20});
  const ExtremeEigenvalues unwanted = ends({.smallest_wanted = false});
  EXPECT_TRUE(settled.converged);
  EXPECT_NEAR(settled.largest.value, 10, 1e-9);
  EXPECT_LE(settled.smallest.value, 0.01 * settled.largest.value);
  EXPECT_GE(settled.smallest.value, -1e-12);
  EXPECT_LE(unwanted.products, settled.products);
  EXPECT_GE(settled.products, 20U);
  EXPECT_LT(settled.products, exact.products / 2);
}

/// Vectors of which a few make a block: what is beyond the first must count as much.
TEST(Lanczos, KeepsAsManyVectorsAsItMakes) {
  constexpr std::size_t n = 150'000;
  const auto curvature = [](std::size_t i) {
    return 1 + std::cos(3.0 * static_cast<double>(i) / static_cast<double>(n - 1));
  };
  std::size_t calls = 0;
  const ExtremeEigenvalues ends = extreme_eigenvalues(
      [&](const Tensor<double>& v) {
        Tensor<double> image = v.clone();
        for (std::size_t i = 0; i < n; ++i) image[i] *= curvature(i);
        return image;
      },
      n, {.most_steps = 60, .tolerance = 1e-2, .on_product = [&](std::size_t products) {
            EXPECT_EQ(products, ++calls);
          }});
  EXPECT_EQ(ends.products, calls);
  EXPECT_GT(ends.products, 10U);
  EXPECT_NEAR(ends.largest.value, 2, 1e-2);
  EXPECT_NEAR(ends.smallest.value, 1 + std::cos(3.0), 1e-2);
  for (const RitzPair& pair : {ends.largest, ends.smallest}) {
    double left = 0;
    for (std::size_t i = 0; i < n; ++i)
      left += std::pow((curvature(i) - pair.value) * pair.vector[i], 2);
    EXPECT_NEAR(std::sqrt(left), pair.residual, 1e-10);
  }
}

TEST(Lanczos, TellsThatItDidNotGetThere) {
  const Tensor<double> a = matrix_with(evenly(0, 1, 300), 5);
  const ExtremeEigenvalues ends = extreme_eigenvalues(product_with(a), 300, {.most_steps = 10});
  EXPECT_FALSE(ends.converged);
  EXPECT_EQ(ends.products, 10U);
  EXPECT_GT(ends.largest.residual, 1e-4);
  EXPECT_NEAR(ends.largest.value, 1, ends.largest.residual);  // the bound holds even so
  EXPECT_NEAR(ends.smallest.value, 0, ends.smallest.residual);
}

TEST(Lanczos, TheSeedDecides) {
  const Tensor<double> a = matrix_with(evenly(0, 1, 300), 6);
  const auto largest = [&](std::uint64_t seed) {
    return extreme_eigenvalues(product_with(a), 300, {.most_steps = 10, .seed = seed})
        .largest.value;
  };
  EXPECT_EQ(largest(1), largest(1));
  EXPECT_NE(largest(1), largest(2));
}

TEST(Lanczos, RefusesWhatCannotBe) {
  const SymmetricProduct same = [](const Tensor<double>& v) { return v; };
  EXPECT_THAT(message([&] { extreme_eigenvalues(same, 0); }), HasSubstr("0 and 300 were given"));
  EXPECT_THAT(message([&] { extreme_eigenvalues(same, 3, {.most_steps = 0}); }),
              HasSubstr("3 and 0 were given"));
  EXPECT_THAT(message([&] { extreme_eigenvalues(same, 3, {.start = Tensor<double>::zeros({3})}); }),
              HasSubstr("norm is 0"));
  EXPECT_THAT(message<ShapeError>(
                  [&] { extreme_eigenvalues(same, 3, {.start = Tensor<double>::ones({2})}); }),
              HasSubstr("[2], not [3]"));
}

TEST(Lanczos, KnowsNothingOfAMatrixThatIsNotFinite) {
  const ExtremeEigenvalues ends = extreme_eigenvalues(
      [](const Tensor<double>& v) { return Tensor<double>::full(v.shape(), INFINITY); }, 3);
  EXPECT_FALSE(ends.converged);
  EXPECT_TRUE(std::isnan(ends.largest.value));
  EXPECT_TRUE(std::isnan(ends.smallest.residual));
}

}  // namespace
}  // namespace ravine::lab
