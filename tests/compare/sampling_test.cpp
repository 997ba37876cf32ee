#include "ravine/compare/sampling.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "ravine/tensor/error.hpp"
#include "support/throws.hpp"

namespace ravine::compare {
namespace {

using Points = std::vector<std::vector<double>>;

TEST(Sample, IsTheSameForTheSameSeedAndInsideTheCube) {
  for (const Search search : {Search::random, Search::quasi, Search::grid}) {
    const Points points = sample(search, 2, 12, 5);
    EXPECT_EQ(points, sample(search, 2, 12, 5)) << name_of(search);
    EXPECT_NE(points, sample(search, 2, 12, 6)) << name_of(search);
    for (const auto& point : points)
      for (const double place : point) EXPECT_TRUE(place >= 0 && place <= 1) << name_of(search);
  }
}

TEST(Sample, MoreOfARandomOrQuasiRandomSearchBeginsAsLess) {
  for (const Search search : {Search::random, Search::quasi}) {
    Points more = sample(search, 3, 20, 1);
    more.resize(7);
    EXPECT_EQ(more, sample(search, 3, 7, 1)) << name_of(search);
  }
}

TEST(Sample, QuasiRandomIsHaltonsSequenceShifted) {
  // 1/2, 1/4, 3/4, 1/8 in base 2 and 1/3, 2/3, 1/9, 4/9 in base 3: the differences between its
  // points are the sequence's, but for whole numbers.
  const Points points = sample(Search::quasi, 2, 4, 3);
  const std::vector<double> twos{1.0 / 2, 1.0 / 4, 3.0 / 4, 1.0 / 8};
  const std::vector<double> threes{1.0 / 3, 2.0 / 3, 1.0 / 9, 4.0 / 9};
  const auto near_whole = [](double x) { return std::abs(x - std::round(x)) < 1e-12; };
  for (std::size_t i = 1; i < 4; ++i) {
    EXPECT_TRUE(near_whole(points[i][0] - points[0][0] - (twos[i] - twos[0]))) << i;
    EXPECT_TRUE(near_whole(points[i][1] - points[0][1] - (threes[i] - threes[0]))) << i;
  }
}

TEST(Sample, QuasiRandomLeavesNoLargeGap) {
  // Sixteen points of base 2 fall one into each sixteenth, however they are shifted.
  std::vector<double> places;
  for (const auto& point : sample(Search::quasi, 1, 16, 11)) places.push_back(point[0]);
  std::ranges::sort(places);
  for (std::size_t i = 1; i < places.size(); ++i) EXPECT_LT(places[i] - places[i - 1], 2.0 / 16);
}

TEST(Sample, AGridHasAllCombinationsOfEvenlySpacedValues) {
  const Points line = sample(Search::grid, 1, 5, 1);
  std::multiset<double> places;
  for (const auto& point : line) places.insert(point[0]);
  EXPECT_EQ(places, (std::multiset<double>{0, 0.25, 0.5, 0.75, 1}));

  const Points plane = sample(Search::grid, 2, 15, 1);  // 5 x 3
  const std::set<std::vector<double>> different(plane.begin(), plane.end());
  EXPECT_EQ(plane.size(), 15U);
  EXPECT_EQ(different.size(), 15U);
  // 4 x 3, not 7 x 2, which is lopsided; and two more, so that all searches have the same number.
  const Points fourteen = sample(Search::grid, 2, 14, 1);
  EXPECT_EQ(fourteen.size(), 14U);
  std::set<double> values;
  for (std::size_t i = 0; i < 12; ++i) values.insert(fourteen[i][0]);
  EXPECT_EQ(values.size(), 4U);
}

TEST(Sample, TooManyDimensionsAreRefused) {
  EXPECT_TRUE(test::throws<InputError>([] { sample(Search::quasi, 13, 4, 1); },
                                       testing::HasSubstr("at most 12 dimensions")));
}

}  // namespace
}  // namespace ravine::compare
