#include "ravine/data/bytes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <numeric>

namespace ravine::data {
namespace {

using testing::ElementsAre;

constexpr std::size_t megabyte = std::size_t{1} << 20U;

TEST(Bytes, AreAVectorLikeOthers) {
  Bytes bytes{3, 1, 4};
  bytes.push_back(1);
  bytes.insert(bytes.begin(), 9);
  const Bytes copy = bytes;
  bytes.resize(2);
  EXPECT_THAT(bytes, ElementsAre(9, 3));
  EXPECT_THAT(copy, ElementsAre(9, 3, 1, 4, 1));
}

TEST(Bytes, KeepTheirValuesFromSmallPagesToLargeOnes) {
  Bytes bytes(megabyte);
  std::iota(bytes.begin(), bytes.end(), std::uint8_t{0});
  for (const std::size_t size : {3 * megabyte, 9 * megabyte, 40 * megabyte}) {
    bytes.resize(size);
    std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(megabyte), bytes.end(), std::uint8_t{7});
  }
  bytes.resize(megabyte + 1);
  bytes.shrink_to_fit();
  for (std::size_t i = 0; i < megabyte; ++i) ASSERT_EQ(bytes[i], static_cast<std::uint8_t>(i)) << i;
  EXPECT_EQ(bytes.back(), 7);
}

TEST(Bytes, OfManyBeginOnALargePage) {
  const Bytes bytes(8 * megabyte);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(bytes.data()) % (2 * megabyte), 0U);
}

}  // namespace
}  // namespace ravine::data
