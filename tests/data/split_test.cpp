#include "ravine/data/split.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <limits>

#include "data/files.hpp"

namespace ravine::data {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::message;

/// Example i has the feature i; the classes have so many examples each.
Dataset numbered(const std::vector<std::size_t>& class_sizes) {
  Dataset dataset;
  dataset.name = "numbered";
  dataset.task = Task::classification;
  std::vector<float> targets;
  for (const std::size_t size : class_sizes) {
    const auto index = static_cast<float>(dataset.class_names.size());
    dataset.class_names.push_back(std::to_string(dataset.class_names.size()));
    targets.insert(targets.end(), size, index);
  }
  dataset.features = Features(Tensor<float>::arange(targets.size()).reshape({targets.size(), 1}));
  dataset.targets = Tensor<float>({targets.size()}, targets);
  return dataset;
}

std::vector<float> ids(const Dataset& dataset) { return dataset.features.floats().to_vector(); }

std::vector<std::size_t> class_sizes(const Dataset& dataset) {
  std::vector<std::size_t> sizes(dataset.class_count());
  for (const float target : dataset.targets.values()) ++sizes[static_cast<std::size_t>(target)];
  return sizes;
}

TEST(Split, EveryExampleIsInExactlyOnePart) {
  const auto [train, test] = split(numbered({30, 70}), 0.2, 1);
  EXPECT_EQ(test.size(), 20U);
  std::vector<float> all = ids(train);
  const std::vector<float> others = ids(test);
  all.insert(all.end(), others.begin(), others.end());
  EXPECT_FALSE(std::ranges::is_sorted(all));
  std::ranges::sort(all);
  EXPECT_EQ(all, Tensor<float>::arange(100).to_vector());
}

TEST(Split, DividesEachClassInProportion) {
  const auto [train, test] = split(numbered({50, 10, 2, 1}), 0.2, 1);
  EXPECT_THAT(class_sizes(test), ElementsAre(10, 2, 1, 0));
  EXPECT_THAT(class_sizes(train), ElementsAre(40, 8, 1, 1));
  EXPECT_THAT(class_sizes(split(numbered({3, 3}), 0.95, 1).train), ElementsAre(1, 1));
}

TEST(Split, DependsOnTheSeedAlone) {
  const Dataset dataset = numbered({50, 50});
  EXPECT_EQ(ids(split(dataset, 0.3, 1).test), ids(split(dataset, 0.3, 1).test));
  EXPECT_NE(ids(split(dataset, 0.3, 1).test), ids(split(dataset, 0.3, 2).test));
}

TEST(Split, DividesRegressionsAsAWhole) {
  Dataset dataset = numbered({10});
  dataset.task = Task::regression;
  dataset.class_names.clear();
  const auto [train, test] = split(dataset, 0.3, 1);
  EXPECT_EQ(train.size(), 7U);
  EXPECT_EQ(test.size(), 3U);
}

TEST(Split, RefusesAnEmptyPart) {
  const Dataset dataset = numbered({5, 5});
  for (const double fraction : {0.0, 1.0, -0.1, 1.5, std::numeric_limits<double>::quiet_NaN()})
    EXPECT_THAT(message([&] { split(dataset, fraction, 1); }),
                HasSubstr("a fraction between 0 and 1 is expected"));
  EXPECT_THAT(message([] {
                split(numbered({1, 1}), 0.5, 1);
              }),
              HasSubstr("leaves one of the two parts empty"));
}

}  // namespace
}  // namespace ravine::data
