#include "ravine/train/prepare.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "made_data.hpp"
#include "ravine/tensor/error.hpp"
#include "support/throws.hpp"

namespace ravine::train {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(Prepare, ScalesByTheTrainingPartAlone) {
  const auto train = made(data::Task::regression, 1, {1, 3}, {10, 30});     // means 2 and 20
  const auto test = made(data::Task::regression, 1, {102, 4}, {1020, 40});  // deviations 1 and 10
  const Prepared data = prepare({.train = train, .test = test}, 0, 1);
  EXPECT_THAT(data.train.features.floats().to_vector(), ElementsAre(-1, 1));
  EXPECT_THAT(data.test.features.floats().to_vector(), ElementsAre(100, 2));
  EXPECT_THAT(data.train.targets.to_vector(), ElementsAre(-1, 1));
  EXPECT_THAT(data.test.targets.to_vector(), ElementsAre(100, 2));
  EXPECT_EQ(data.validation.size(), 0U);
}

TEST(Prepare, ValidationIsTakenFromTrainingAndByTheSeed) {
  const data::TrainTest parts{.train = plane(10), .test = plane(3)};
  const Prepared a = prepare(parts, 0.2, 1);
  EXPECT_EQ(a.train.size(), 80U);
  EXPECT_EQ(a.validation.size(), 20U);
  EXPECT_EQ(a.test.size(), 9U);
  const auto values = [](const Prepared& p) {
    return restore_target(p.validation.targets, *p.target_scaling).to_vector();
  };
  const Prepared again = prepare(parts, 0.2, 1);
  const Prepared other = prepare(parts, 0.2, 2);
  EXPECT_EQ(values(a), values(again));
  EXPECT_NE(values(a), values(other));
  // Every target of the plane is in exactly one of the two parts.
  std::multiset<long> seen;
  for (const Tensor<float>& part : {a.train.targets, a.validation.targets})
    for (const float y : restore_target(part, *a.target_scaling).to_vector())
      seen.insert(std::lround(y));
  std::multiset<long> all;
  for (const float y : parts.train.targets.values()) all.insert(std::lround(y));
  EXPECT_EQ(seen, all);
}

TEST(Prepare, BytesStayAsTheyAre) {
  data::Dataset images = halves(4);
  images.features = data::Features({0, 255, 255, 0, 0, 255, 255, 0}, 2, 1.0F / 255);
  const Prepared data = prepare({.train = images, .test = images}, 0, 1);
  EXPECT_FALSE(data.feature_scaling.has_value());
  EXPECT_THAT(data.train.features.floats().to_vector(), ElementsAre(0, 1, 1, 0, 0, 1, 1, 0));
}

TEST(Prepare, RefusesAFractionOutsideItsRange) {
  const data::TrainTest parts{.train = plane(4), .test = plane(3)};
  for (const double fraction : {-0.1, 1.0, std::nan("")})
    EXPECT_TRUE(
        test::throws<InputError>([&] { prepare(parts, fraction, 1); }, HasSubstr("[0, 1)")));
}

TEST(MakeModel, LayersFollowTheData) {
  const Prepared classes = prepare({.train = halves(20), .test = halves(4)}, 0, 1);
  const Prepared numbers = prepare({.train = plane(4), .test = plane(3)}, 0, 1);
  EXPECT_THAT(make_model(ModelKind::mlp, {8, 4}, Activation::tanh, classes, 1).architecture.layers,
              ElementsAre(2, 8, 4, 2));
  EXPECT_THAT(make_model(ModelKind::linear, {}, Activation::relu, numbers, 1).architecture.layers,
              ElementsAre(2, 1));
}

TEST(MakeModel, SameSeedSameWeights) {
  const Prepared data = prepare({.train = halves(20), .test = halves(4)}, 0, 1);
  const auto weights = [&](std::uint64_t seed) {
    Model model = make_model(ModelKind::mlp, {8}, Activation::relu, data, seed);
    return model.network.parameters()[0]->value.to_vector();
  };
  EXPECT_EQ(weights(7), weights(7));
  EXPECT_NE(weights(7), weights(8));
}

TEST(MakeModel, RefusesAKindThatDoesNotFit) {
  const Prepared classes = prepare({.train = halves(20), .test = halves(4)}, 0, 1);
  const Prepared numbers = prepare({.train = plane(4), .test = plane(3)}, 0, 1);
  const auto refused = [](ModelKind kind, const std::vector<std::size_t>& hidden,
                          const Prepared& data, const char* part) {
    return test::throws<InputError>([&] { make_model(kind, hidden, Activation::relu, data, 1); },
                                    HasSubstr(part));
  };
  EXPECT_TRUE(refused(ModelKind::linear, {}, classes,
                      "'y' of made holds classes such as 'left' (use logistic or mlp)"));
  EXPECT_TRUE(
      refused(ModelKind::logistic, {}, numbers, "'y' of made is a number (use linear or mlp"));
  EXPECT_TRUE(refused(ModelKind::linear, {8}, numbers, "no hidden layers (use mlp)"));
}

TEST(ModelKind, IsFoundByNameAndTheNearestIsOffered) {
  EXPECT_EQ(model_named("logistic"), ModelKind::logistic);
  EXPECT_TRUE(test::throws<UnknownName>([] { model_named("logistik"); },
                                        HasSubstr("did you mean 'logistic'")));
}

}  // namespace
}  // namespace ravine::train
