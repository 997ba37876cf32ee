#include "ravine/data/standardizer.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "data/files.hpp"

namespace ravine::data {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::message;

Dataset regression(Features features, std::vector<float> targets) {
  Dataset dataset;
  dataset.name = "made-up";
  dataset.features = std::move(features);
  dataset.targets = Tensor<float>({targets.size()}, targets);
  return dataset;
}

Dataset of_floats(std::vector<float> values, std::size_t columns) {
  const std::size_t rows = values.size() / columns;
  return regression(Features(Tensor<float>({rows, columns}, values)),
                    std::vector<float>(rows, 0.0F));
}

TEST(FitFeatures, IsMeanAndPopulationDeviation) {
  // 2 4 4 4 5 5 7 9: mean 5, population deviation 2 (that of the sample would be 2.14).
  const Standardizer fitted = fit_features(of_floats({2, 4, 4, 4, 5, 5, 7, 9}, 1));
  EXPECT_DOUBLE_EQ(fitted.mean[0], 5);
  EXPECT_DOUBLE_EQ(fitted.deviation[0], 2);
}

TEST(FitFeatures, GivesConstantColumnsDeviationOne) {
  // 0.1 is no binary fraction: naive sums would leave a tiny deviation, to be divided by.
  std::vector<float> values(2 * 1001, 0.1F);
  for (std::size_t i = 0; i < values.size(); i += 2) values[i] = static_cast<float>(i);
  const Dataset dataset = of_floats(values, 2);
  const Standardizer fitted = fit_features(dataset);
  EXPECT_EQ(fitted.deviation[1], 1);
  // 0, 2, ..., 2000: deviation 2 sqrt((n^2 - 1) / 12).
  EXPECT_NEAR(fitted.mean[0], 1000, 1e-9);
  EXPECT_NEAR(fitted.deviation[0], 2 * std::sqrt((1001.0 * 1001.0 - 1) / 12), 1e-9);
  EXPECT_EQ(standardize_features(dataset, fitted).features.floats()[1], 0);
}

TEST(FitFeatures, DoesNotCancelFarFromZero) {
  // Squares of 1e7 +- 1 need 47 bits, and a sum of them more: the textbook formula fails in float.
  const Standardizer fitted = fit_features(of_floats({1e7F - 1, 1e7F + 1, 1e7F - 1, 1e7F + 1}, 1));
  EXPECT_DOUBLE_EQ(fitted.mean[0], 1e7);
  EXPECT_DOUBLE_EQ(fitted.deviation[0], 1);
}

TEST(StandardizeFeatures, UsesTheTrainingPartsNumbersEverywhere) {
  const Standardizer fitted = fit_features(of_floats({2, 4, 4, 4, 5, 5, 7, 9}, 1));
  EXPECT_THAT(standardize_features(of_floats({5, 9}, 1), fitted).features.floats().to_vector(),
              ElementsAre(0, 2));
}

TEST(StandardizeFeatures, LeavesBytesBytes) {
  const Dataset dataset =
      regression(Features({2, 4, 4, 4, 5, 5, 7, 9}, 1, 0.1F), std::vector<float>(8));
  const Standardizer fitted = fit_features(dataset);
  EXPECT_NEAR(fitted.mean[0], 0.5, 1e-7);
  EXPECT_NEAR(fitted.deviation[0], 0.2, 1e-7);
  const Features result = standardize_features(dataset, fitted).features;
  EXPECT_TRUE(result.held_as_bytes());
  EXPECT_NEAR(result.floats()[0], -1.5, 1e-6);
  EXPECT_NEAR(result.floats()[7], 2, 1e-6);
}

TEST(StandardizeTarget, IsUndoneByRestore) {
  const Dataset dataset =
      regression(Features(Tensor<float>::zeros({8, 1})), {2, 4, 4, 4, 5, 5, 7, 9});
  const Standardizer fitted = fit_target(dataset);
  const Dataset standardized = standardize_target(dataset, fitted);
  EXPECT_THAT(standardized.targets.rows(0, 2).to_vector(), ElementsAre(-1.5F, -0.5F));
  EXPECT_EQ(dataset.targets[0], 2) << "the original stays as it is";
  EXPECT_THAT(restore_target(standardized.targets.reshape({8, 1}), fitted).to_vector(),
              ElementsAre(2, 4, 4, 4, 5, 5, 7, 9));
}

TEST(Standardizer, RefusesWhatDoesNotFit) {
  Dataset dataset = of_floats({1, 2, 3, 4}, 2);
  const Standardizer fitted = fit_features(dataset);
  EXPECT_THAT(message<ShapeError>([&] {
                standardize_features(of_floats({1, 2, 3}, 3), fitted);
              }),
              HasSubstr("do not fit 3 columns"));
  EXPECT_THAT(message<ShapeError>([&] { standardize_target(dataset, fitted); }),
              HasSubstr("a target has one mean, not 2"));
  EXPECT_THAT(message([&] { fit_features(Dataset()); }), HasSubstr("has no examples"));
  dataset.task = Task::classification;
  dataset.target_name = "species";
  EXPECT_EQ(message([&] { fit_target(dataset); }),
            "made-up: the target 'species' is a class, which is not standardised");
}

}  // namespace
}  // namespace ravine::data
