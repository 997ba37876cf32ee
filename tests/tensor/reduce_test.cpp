#include "ravine/tensor/reduce.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/kernels.hpp"
#include "ravine/tensor/simd.hpp"
#include "support/random_tensor.hpp"
#include "support/simd_levels.hpp"
#include "support/throws.hpp"

namespace ravine {
namespace {

using test::random_tensor;
using test::throws;
using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;

template <class T>
class ReduceOf : public testing::Test {};
using Scalars = testing::Types<float, double>;
TYPED_TEST_SUITE(ReduceOf, Scalars);

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The index of an element in each axis.
std::vector<std::size_t> index_of(std::size_t position, const Shape& shape) {
  std::vector<std::size_t> index(shape.rank());
  for (std::size_t axis = shape.rank(); axis-- > 0; position /= shape[axis])
    index[axis] = position % shape[axis];
  return index;
}

std::size_t position_of(const std::vector<std::size_t>& index, const Shape& shape) {
  std::size_t position = 0;
  for (std::size_t axis = 0; axis < shape.rank(); ++axis)
    position = position * shape[axis] + index[axis];
  return position;
}

/// For each element of x the element of its reduction to `kept`, where reduced axes have extent 1.
template <class T, class Body>
void for_each_element(const Tensor<T>& x, const Shape& kept, Body body) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    auto index = index_of(i, x.shape());
    for (std::size_t axis = 0; axis < kept.rank(); ++axis)
      if (kept[axis] == 1) index[axis] = 0;
    body(x[i], position_of(index, kept));
  }
}

/// All shapes of a few extents up to rank 4, and each subset of their axes.
template <class Body>
void for_all_shapes_and_axes(Body body) {
  const std::vector<Shape> shapes{{},           {1},          {7},          {0},
                                  {5, 3},       {1, 40},      {33, 1},      {0, 3},
                                  {3, 0},       {4, 1, 6},    {2, 3, 65},   {3, 0, 2},
                                  {2, 3, 4, 5}, {3, 1, 2, 7}, {1, 1, 1, 1}, {2, 2, 3, 1, 2, 2}};
  for (const Shape& shape : shapes)
    for (unsigned subset = 1; subset < (1U << shape.rank()); ++subset) {
      std::vector<std::ptrdiff_t> axes;
      Shape kept = shape;
      for (std::size_t axis = 0; axis < shape.rank(); ++axis) {
        if ((subset >> axis & 1U) == 0) continue;
        const auto from_front = static_cast<std::ptrdiff_t>(axis);
        const bool from_back = (subset + axis) % 2 == 0;
        axes.insert(axes.begin(), from_back ? from_front - static_cast<std::ptrdiff_t>(shape.rank())
                                            : from_front);
        kept = kept.with(axis, 1);
      }
      body(shape, axes, kept);
    }
}

TYPED_TEST(ReduceOf, SumAgreesWithALoop) {
  using T = TypeParam;
  Generator generator(1);
  for_all_shapes_and_axes([&](const Shape& shape, const auto& axes, const Shape& kept) {
    const auto x = random_tensor<T>(shape, generator);
    std::vector<double> totals(kept.size());
    std::vector<double> sizes(kept.size());
    for_each_element(x, kept, [&](T value, std::size_t to) {
      totals[to] += value;
      sizes[to] += std::abs(value);
    });
    const Tensor<T> y = sum(x, axes, true);
    ASSERT_EQ(y.shape(), kept);
    ASSERT_EQ(sum(x, axes).size(), y.size());
    for (std::size_t i = 0; i < y.size(); ++i)
      ASSERT_NEAR(y[i], totals[i], 20 * std::numeric_limits<T>::epsilon() * sizes[i] + 1e-300)
          << shape;
  });
}

TYPED_TEST(ReduceOf, MaxAgreesWithALoop) {
  using T = TypeParam;
  Generator generator(2);
  for_all_shapes_and_axes([&](const Shape& shape, const auto& axes, const Shape& kept) {
    const auto x = random_tensor<T>(shape, generator);
    if (x.empty() && kept.size() != 0) {
      ASSERT_THROW(max(x, axes), ShapeError);
      return;
    }
    std::vector<double> best(kept.size(), -infinity);
    for_each_element(x, kept, [&](T value, std::size_t to) {
      best[to] = std::max(best[to], static_cast<double>(value));
    });
    const Tensor<T> y = max(x, axes, true);
    ASSERT_EQ(y.shape(), kept);
    for (std::size_t i = 0; i < y.size(); ++i) ASSERT_EQ(y[i], best[i]) << shape;
  });
}

TEST(Reduce, DropsTheAxesUnlessTold) {
  const auto x = Tensor<float>::ones({2, 3, 4});
  const std::ptrdiff_t ends[] = {0, 2};
  EXPECT_EQ(sum(x, ends).shape(), Shape{3});
  EXPECT_EQ(sum(x, ends, true).shape(), (Shape{1, 3, 1}));
  EXPECT_EQ(sum(x).shape(), Shape());
  EXPECT_EQ(sum(x).item(), 24);
  EXPECT_EQ(sum(x, {}, true).shape(), (Shape{1, 1, 1}));
  EXPECT_EQ(sum(Tensor<float>::scalar(3)).item(), 3);
}

TEST(Reduce, SumOverNothingIsZero) {
  const std::ptrdiff_t first[] = {0};
  EXPECT_THAT(sum(Tensor<float>::zeros({0, 3}), first).to_vector(), ElementsAre(0, 0, 0));
  const std::ptrdiff_t last[] = {1};
  EXPECT_THAT(sum(Tensor<float>::zeros({3, 0}), last).to_vector(), ElementsAre(0, 0, 0));
  EXPECT_EQ(sum(Tensor<double>()).item(), 0);
}

TEST(Reduce, MaxOfAllNegativeInfinities) {
  const auto x = Tensor<double>::full({3, 5}, -infinity);
  for (const std::ptrdiff_t axis : {0, 1}) {
    const std::ptrdiff_t axes[] = {axis};
    EXPECT_THAT(max(x, axes).to_vector(), Each(-infinity));
  }
}

TYPED_TEST(ReduceOf, MaxIsNaNWhereverOneIs) {
  using T = TypeParam;
  for (const std::size_t rows : {1, 2, 9, 40})
    for (std::size_t place = 0; place < rows; ++place) {
      auto x = Tensor<T>::ones({rows, 3});
      x.at({place, 1}) = std::numeric_limits<T>::quiet_NaN();
      const std::ptrdiff_t first[] = {0};
      const auto y = max(x, first);
      EXPECT_EQ(y[0], 1);
      EXPECT_TRUE(std::isnan(y[1])) << rows << ", " << place;
      EXPECT_TRUE(std::isnan(max(x).item()));
    }
}

TEST(Reduce, ErrorsNameOperationAxisAndShape) {
  const auto x = Tensor<float>::zeros({2, 3});
  const std::ptrdiff_t beyond[] = {2};
  EXPECT_TRUE(throws<ShapeError>(
      [&] { sum(x, beyond); }, AllOf(HasSubstr("sum"), HasSubstr("axis 2"), HasSubstr("[2, 3]"))));
  const std::ptrdiff_t twice[] = {1, -1};
  EXPECT_TRUE(throws<ShapeError>(
      [&] { max(x, twice); }, AllOf(HasSubstr("max"), HasSubstr("axis -1"), HasSubstr("twice"))));
  EXPECT_TRUE(throws<ShapeError>(
      [] {
        max(Tensor<float>::zeros({3, 0}));
      },
      AllOf(HasSubstr("no maximum"), HasSubstr("[3, 0]"))));
}

TYPED_TEST(ReduceOf, SumToUndoesBroadcasting) {
  using T = TypeParam;
  Generator generator(3);
  const std::vector<std::pair<Shape, Shape>> cases{
      {{3, 4}, {4}},       {{3, 4}, {3, 1}},       {{3, 4}, {}},        {{3, 4}, {1, 1}},
      {{2, 4, 3}, {4, 1}}, {{2, 4, 3}, {2, 1, 3}}, {{2, 4, 3}, {1, 3}}, {{0, 3}, {3}},
      {{3, 4}, {3, 4}},    {{2, 1, 3}, {1}}};
  for (const auto& [from, to] : cases) {
    const auto x = random_tensor<T>(from, generator);
    const auto y = sum_to(x, to);
    ASSERT_EQ(y.shape(), to);
    Shape padded = from;
    for (std::size_t axis = 0; axis < from.rank(); ++axis) {
      const std::size_t missing = from.rank() - to.rank();
      padded = padded.with(axis, axis < missing ? 1 : to[axis - missing]);
    }
    std::vector<double> totals(to.size());
    for_each_element(x, padded, [&](T value, std::size_t at) { totals[at] += value; });
    for (std::size_t i = 0; i < y.size(); ++i)
      EXPECT_NEAR(y[i], totals[i], 50 * std::numeric_limits<T>::epsilon());

    const auto stretched = broadcast_to(y, from);
    ASSERT_EQ(stretched.shape(), from);
    std::size_t position = 0;
    for_each_element(stretched, padded,
                     [&](T value, std::size_t at) { EXPECT_EQ(value, y[at]) << position++; });
  }
}

TEST(BroadcastTo, RefusesShapesThatDoNotStretch) {
  EXPECT_TRUE(throws<ShapeError>(
      [] {
        broadcast_to(Tensor<float>::zeros({3}), {2, 4});
      },
      AllOf(HasSubstr("broadcast_to"), HasSubstr("[3]"), HasSubstr("[2, 4]"))));
  EXPECT_TRUE(throws<ShapeError>(
      [] {
        broadcast_to(Tensor<float>::zeros({2, 3}), {3});
      },
      AllOf(HasSubstr("[2, 3]"), HasSubstr("[3]"))));
}

TEST(AddTo, AddsInPlaceAndChecksShapes) {
  auto y = Tensor<float>({3}, {1, 2, 3});
  add_to(y, Tensor<float>({3}, {10, 20, 30}));
  EXPECT_THAT(y.to_vector(), ElementsAre(11, 22, 33));
  add_to(y, y);
  EXPECT_THAT(y.to_vector(), ElementsAre(22, 44, 66));
  EXPECT_TRUE(throws<ShapeError>(
      [&] {
        add_to(y, Tensor<float>::zeros({3, 1}));
      },
      AllOf(HasSubstr("[3]"), HasSubstr("[3, 1]"))));
}

TYPED_TEST(ReduceOf, EveryLevelAgreesWithALoopAtAnySizeAndAlignment) {
  using T = TypeParam;
  Generator generator(4);
  test::for_each_level([&](auto level) {
    using Level = decltype(level);
    for (const std::size_t n : {0, 1, 3, 7, 8, 15, 16, 17, 63, 1000, 4096, 4097, 100'001})
      for (const std::size_t offset : {0, 1, 3}) {
        const auto x = random_tensor<T>({n + offset}, generator);
        double total = 0;
        double size = 0;
        double squares = 0;
        for (std::size_t i = offset; i < n + offset; ++i) {
          total += x[i];
          size += std::abs(x[i]);
          squares += static_cast<double>(x[i]) * x[i];
        }
        T y = 0;
        kernels::sum<Level>(x.data() + offset, &y, 1, n, 1);
        const double lanes = 1 + static_cast<double>(n) / 8;
        const double eps = std::numeric_limits<T>::epsilon();
        EXPECT_NEAR(y, total, eps * std::min(lanes, 2000.0) * size) << Level::name << ' ' << n;
        EXPECT_NEAR(kernels::sum_of_squares<Level>(x.data() + offset, n), squares,
                    eps * 500 * squares)
            << Level::name << ' ' << n;
        // One more element on each side must stay as it is.
        auto sums = Tensor<T>::full({n + 2}, T(1));
        kernels::add_to<Level>(x.data() + offset, sums.data() + 1, n);
        EXPECT_EQ(sums[0], T(1));
        EXPECT_EQ(sums[n + 1], T(1));
        for (std::size_t i = 0; i < n; ++i) ASSERT_EQ(sums[i + 1], T(1) + x[offset + i]);
      }
  });
}

TYPED_TEST(ReduceOf, EveryLevelFindsTheMaximumAndANaNAtAnyPlaceOfARow) {
  using T = TypeParam;
  test::for_each_level([](auto level) {
    using Level = decltype(level);
    for (const std::size_t n : {1, 2, 7, 8, 9, 16, 17, 33, 40, 100})
      for (std::size_t place = 0; place < n; ++place) {
        auto x = Tensor<T>::full({n}, T(-3));
        x[place] = T(-2);
        T y = 0;
        kernels::max<Level>(x.data(), &y, 1, n, 1);
        ASSERT_EQ(y, T(-2)) << Level::name << ", " << place << " of " << n;
        x[place] = std::numeric_limits<T>::quiet_NaN();
        kernels::max<Level>(x.data(), &y, 1, n, 1);
        ASSERT_TRUE(std::isnan(y)) << Level::name << ", " << place << " of " << n;
      }
  });
}

TEST(SumOfSquares, LosesNoDigitsOnManySmallValues) {
  // Added up in float, even in 16 lanes, 10 million squares of 1e-3 miss their sum by per cents.
  const auto x = Tensor<float>::full({10'000'000}, 1e-3F);
  const double square = static_cast<double>(1e-3F) * 1e-3F;
  EXPECT_NEAR(sum_of_squares(x) / (1e7 * square), 1, 1e-5);
}

}  // namespace
}  // namespace ravine
