#include "ravine/lab/full_batch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "ravine/tensor/error.hpp"
#include "ravine/train/evaluate.hpp"
#include "ravine/train/prepare.hpp"
#include "support/throws.hpp"
#include "train/made_data.hpp"

namespace ravine::lab {
namespace {

using testing::HasSubstr;

/// The same weights, the same outputs, the same loss as those of a training run with that seed, but
/// for its rounding to float.
TEST(FullBatch, IsWhatTrainingStartsFrom) {
  for (const data::Dataset& dataset : {train::plane(9), train::halves(40)}) {
    const train::Prepared data = train::prepare({dataset, {}}, 0, 7);
    train::Model model =
        train::make_model(train::ModelKind::mlp, {5, 3}, Activation::tanh, data, 7);
    const Layers layers = initial_layers(model.architecture, 7);
    const Parameters<float> trained = model.network.parameters();
    const Parameters<double> ours = parameters_of(layers);
    ASSERT_EQ(ours.size(), trained.size());
    EXPECT_EQ(parameter_count(layers), model.network.parameter_count());
    for (std::size_t i = 0; i < ours.size(); ++i) {
      ASSERT_EQ(ours[i]->value.shape(), trained[i]->value.shape());
      for (std::size_t j = 0; j < ours[i]->value.size(); ++j)
        EXPECT_EQ(static_cast<float>(ours[i]->value[j]), trained[i]->value[j]);
    }
    const double loss = loss_of(layers, full_batch(data.train));
    EXPECT_NEAR(loss, train::evaluate(model.network, data.train).loss, 1e-6);
  }
}

/// 100,000 examples are more than one chunk: the mean is over all, not over chunks alike.
TEST(FullBatch, ChunksCountByTheirSize) {
  constexpr std::size_t n = 100'000;
  const Layers layers = initial_layers({.kind = train::ModelKind::mlp, .layers = {3, 8, 1}}, 1);
  FullBatch batch{data::Task::regression, Tensor<double>::zeros({n, 3}),
                  Tensor<double>::zeros({n})};
  std::size_t chunks = 0;
  double share = 0;
  for_each_chunk(layers, batch, [&](const Chunk& chunk) {
    ++chunks;
    share += chunk.share;
  });
  EXPECT_GT(chunks, 1U);
  EXPECT_NEAR(share, 1, 1e-12);
  const double output = outputs_of(layers, batch.x.rows(0, 1)).value()[0];
  for (std::size_t i = 0; i < n; ++i) batch.y[i] = output;
  for (std::size_t i = n - 10; i < n; ++i) batch.y[i] += 1;  // ten errors of 1 in the last chunk
  EXPECT_NEAR(loss_of(layers, batch), 5.0 / n, 1e-14);
  EXPECT_NEAR(differentiate_loss(layers, batch), 5.0 / n, 1e-14);
  EXPECT_NEAR(layers.linear[1].bias.grad()[0], -10.0 / n, 1e-14);
  differentiate_loss(layers, batch);  // anew, not on top
  EXPECT_NEAR(layers.linear[1].bias.grad()[0], -10.0 / n, 1e-14);
}

TEST(FullBatch, SamplesWithoutPuttingBack) {
  const data::Dataset all = train::plane(10);
  const data::Dataset some = sampled(all, 40, 3);
  EXPECT_EQ(some.size(), 40U);
  const auto targets = some.targets.to_vector();
  std::set<std::pair<float, float>> rows;
  const Tensor<float> x = some.features.floats();
  for (std::size_t i = 0; i < 40; ++i) rows.insert({x[2 * i], x[2 * i + 1]});
  EXPECT_EQ(rows.size(), 40U);
  EXPECT_EQ(sampled(all, 40, 3).targets.to_vector(), targets);
  EXPECT_NE(sampled(all, 40, 4).targets.to_vector(), targets);
  EXPECT_EQ(test::message([&] { sampled(all, 101, 3); }),
            "made: 101 of 100 examples cannot be taken (--examples 1 to 100)");
  EXPECT_THAT(test::message([&] { sampled(all, 0, 3); }), HasSubstr("0 of 100"));
}

}  // namespace
}  // namespace ravine::lab
