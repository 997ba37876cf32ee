#include "ravine/data/data_loader.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <limits>
#include <set>

#include "data/files.hpp"

namespace ravine::data {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::message;

/// Example i has the features 2i and 2i + 1 and the target i.
Dataset numbered(std::size_t size) {
  Dataset dataset;
  dataset.name = "numbered";
  dataset.features = Features(Tensor<float>::arange(2 * size).reshape({size, 2}));
  dataset.targets = Tensor<float>::arange(size);
  return dataset;
}

std::vector<float> epoch(DataLoader& loader) {
  std::vector<float> targets;
  for (auto& [x, y] : loader) targets.insert(targets.end(), y.data(), y.data() + y.size());
  return targets;
}

TEST(DataLoader, GivesEveryExampleOnceInOrder) {
  std::vector<std::vector<float>> batches;
  for (auto& [x, y] : DataLoader(numbered(5), {.batch_size = 2, .shuffle = false})) {
    EXPECT_EQ(x.shape(), Shape({y.size(), 2}));
    for (std::size_t i = 0; i < y.size(); ++i) EXPECT_EQ(x.at({i, 1}), 2 * y[i] + 1);
    batches.push_back(y.to_vector());
  }
  EXPECT_THAT(batches, ElementsAre(ElementsAre(0, 1), ElementsAre(2, 3), ElementsAre(4)));
}

TEST(DataLoader, ShufflesAnewEachEpochAndBySeed) {
  DataLoader loader(numbered(100), {.seed = 1});
  const std::vector<float> first = epoch(loader);
  const std::vector<float> second = epoch(loader);
  EXPECT_NE(first, second);
  for (std::vector<float> order : {first, second}) {
    std::ranges::sort(order);
    EXPECT_EQ(order, Tensor<float>::arange(100).to_vector());
  }
  DataLoader same(numbered(100), {.seed = 1});
  EXPECT_EQ(epoch(same), first);
  EXPECT_EQ(epoch(same), second);
  DataLoader other(numbered(100), {.seed = 2});
  EXPECT_NE(epoch(other), first);
}

TEST(DataLoader, StartsAnewAfterABreak) {
  DataLoader loader(numbered(10), {.batch_size = 3, .shuffle = false});
  for (auto& [x, y] : loader) {
    EXPECT_EQ(y[0], 0);
    break;
  }
  EXPECT_EQ(epoch(loader).size(), 10U);
}

TEST(DataLoader, DrawsItsSeedFromTheDefaultGenerator) {
  const auto order = [] {
    DataLoader loader(numbered(100));
    return epoch(loader);
  };
  manual_seed(1);
  const std::vector<float> first = order();
  EXPECT_NE(order(), first);
  manual_seed(1);
  EXPECT_EQ(order(), first);
}

TEST(DataLoader, LeavesRandomNumbersAloneWithoutShuffling) {
  manual_seed(1);
  const std::uint64_t expected = default_generator().bits();
  manual_seed(1);
  DataLoader loader(numbered(4), {.shuffle = false});
  EXPECT_EQ(epoch(loader).size(), 4U);
  EXPECT_EQ(default_generator().bits(), expected);
}

TEST(DataLoader, LeavesOutAnIncompleteBatchWhenAsked) {
  DataLoader loader(numbered(10), {.batch_size = 4, .drop_last = true});
  EXPECT_EQ(loader.batch_count(), 2U);
  EXPECT_EQ(epoch(loader).size(), 8U);
  EXPECT_EQ(DataLoader(numbered(10), {.batch_size = 4}).batch_count(), 3U);
  EXPECT_EQ(DataLoader(numbered(8), {.batch_size = 4}).batch_count(), 2U);
  constexpr auto huge = std::numeric_limits<std::size_t>::max();
  DataLoader whole(numbered(8), {.batch_size = huge});
  EXPECT_EQ(whole.batch_count(), 1U);
  EXPECT_EQ(epoch(whole).size(), 8U);
}

TEST(DataLoader, ABatchThatIsKeptStaysAsItIs) {
  std::vector<Batch> kept;
  for (auto& batch : DataLoader(numbered(6), {.batch_size = 2, .shuffle = false}))
    kept.push_back(batch);
  EXPECT_THAT(kept[0].y.to_vector(), ElementsAre(0, 1));
  EXPECT_THAT(kept[1].x.to_vector(), ElementsAre(4, 5, 6, 7));
}

TEST(DataLoader, APartOfABatchThatIsKeptKeepsItToo) {
  DataLoader loader(numbered(7), {.batch_size = 3, .shuffle = false});
  Tensor<float> second_row;
  Tensor<float> last;
  for (auto& [x, y] : loader) {
    if (second_row.empty()) second_row = x.rows(1, 2);
    last = x;
  }
  for (int i = 0; i < 3; ++i) epoch(loader);
  EXPECT_THAT(second_row.to_vector(), ElementsAre(2, 3));
  EXPECT_THAT(last.to_vector(), ElementsAre(12, 13));
}

TEST(DataLoader, SmallerAndFullBatchesTakeTurns) {
  DataLoader loader(numbered(23), {.batch_size = 9, .seed = 4});
  for (int i = 0; i < 3; ++i) {
    std::vector<std::size_t> sizes;
    std::set<float> seen;
    for (auto& [x, y] : loader) {
      ASSERT_EQ(x.shape(), Shape({y.size(), 2}));
      sizes.push_back(y.size());
      for (std::size_t row = 0; row < y.size(); ++row) {
        seen.insert(y[row]);
        EXPECT_EQ(x.at({row, 0}), 2 * y[row]);
        EXPECT_EQ(x.at({row, 1}), 2 * y[row] + 1);
      }
    }
    EXPECT_THAT(sizes, ElementsAre(9, 9, 5));
    EXPECT_EQ(seen.size(), 23U);
  }
}

TEST(DataLoader, TakesBytesAndDoesWithoutTargets) {
  Dataset dataset;
  dataset.features = Features({1, 2, 3, 4}, 2, 0.5F);
  for (auto& [x, y] : DataLoader(dataset, {.shuffle = false})) {
    EXPECT_THAT(x.to_vector(), ElementsAre(0.5F, 1, 1.5F, 2));
    EXPECT_TRUE(y.empty());
  }
}

#if !defined(__SANITIZE_ADDRESS__)  // under which memory is not kept
TEST(DataLoader, BatchesComeFromKeptMemory) {
  DataLoader loader(numbered(20), {.batch_size = 8});
  const auto blocks = [&] {
    std::set<const float*> seen;
    for (auto& [x, y] : loader) seen.insert({x.data(), y.data()});
    return seen;
  };
  const std::set<const float*> first = blocks();
  EXPECT_EQ(blocks(), first);
}
#endif

TEST(DataLoader, RefusesWhatMakesNoBatch) {
  EXPECT_EQ(message([] { DataLoader(numbered(3), {.batch_size = 0}); }),
            "batch size 0 is not possible (a batch has at least 1 example)");
  EXPECT_THAT(message([] { DataLoader(Dataset(), {}); }), HasSubstr("has no examples"));
  EXPECT_THAT(message([] { DataLoader(numbered(3), {.batch_size = 4, .drop_last = true}); }),
              HasSubstr("numbered: batch size 4 is more than the 3 examples"));
}

}  // namespace
}  // namespace ravine::data
