#include "ravine/lab/averaging.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "ravine/tensor/error.hpp"
#include "support/throws.hpp"

namespace ravine::lab {
namespace {

using test::message;
using testing::DoubleEq;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;

double sum_of(const std::vector<double>& numbers) {
  return std::accumulate(numbers.begin(), numbers.end(), 0.0);
}

TEST(Averaging, WeighsByAge) {
  // By hand: halves; the four of the average sum to 15/16, which is what it is corrected by.
  const Averages weights = weights_by_age(0.5, 4);
  EXPECT_THAT(weights.sum, ElementsAre(1, 0.5, 0.25, 0.125));
  EXPECT_THAT(weights.average, ElementsAre(0.5, 0.25, 0.125, 0.0625));
  EXPECT_THAT(weights.corrected, ElementsAre(DoubleEq(8.0 / 15), DoubleEq(4.0 / 15),
                                             DoubleEq(2.0 / 15), DoubleEq(1.0 / 15)));
}

TEST(Averaging, OfBetaZeroIsTheNewestAlone) {
  const Averages weights = weights_by_age(0, 3);
  EXPECT_THAT(weights.sum, ElementsAre(1, 0, 0));
  EXPECT_THAT(weights.average, ElementsAre(1, 0, 0));
  EXPECT_THAT(weights.corrected, ElementsAre(1, 0, 0));
  EXPECT_EQ(averaging({.betas = {0}}).memories[0].max_closed_form_error, 0);
}

TEST(Averaging, RulesWeighAsTheClosedFormDoes) {
  for (const double beta : {0.1, 0.5, 0.9, 0.99, 0.999}) {
    const BetaMemory memory = averaging({.betas = {beta}}).memories.front();
    ASSERT_EQ(memory.weights.sum.size(), 100U);
    EXPECT_LT(memory.max_closed_form_error, 1e-9);
    double weight = 1;
    double total = 0;
    for (std::size_t age = 0; age < 100; ++age) {
      EXPECT_NEAR(memory.weights.sum[age] / weight, 1, 1e-9) << beta << ' ' << age;
      EXPECT_NEAR(memory.weights.average[age] / ((1 - beta) * weight), 1, 1e-9);
      total += weight;
      weight *= beta;
    }
    // What is corrected to is weights that sum to 1.
    EXPECT_NEAR(sum_of(memory.weights.corrected), 1, 1e-12);
    for (std::size_t age = 0; age < 100; ++age)
      EXPECT_NEAR(memory.weights.corrected[age], memory.weights.sum[age] / total, 1e-12);
  }
}

TEST(Averaging, TheErrorIsTheLargestRelativeToAWeight) {
  const Averages closed{.sum = {1, 0.5}, .average = {0.5, 0.25}, .corrected = {0.6, 0.3}};
  EXPECT_EQ(largest_relative_error(closed, closed), 0);
  Averages run = closed;
  run.sum[0] += 1e-6;
  run.average[1] -= 1e-6;  // of 0.25, 4e-6
  EXPECT_NEAR(largest_relative_error(run, closed), 4e-6, 1e-15);
  run.corrected[0] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(std::isnan(largest_relative_error(run, closed)));

  const BetaMemory memory = averaging({.betas = {0.9}}).memories.front();
  EXPECT_GT(memory.max_closed_form_error, 0);
  EXPECT_EQ(memory.max_closed_form_error,
            largest_relative_error(memory.weights, memory.closed_form));
}

TEST(Averaging, WeightsSumToTheEffectiveNumber) {
  const BetaMemory memory = averaging({.betas = {0.9}, .steps = 400}).memories.front();
  EXPECT_DOUBLE_EQ(memory.effective_number, 10);
  EXPECT_NEAR(sum_of(memory.weights.sum), 10, 1e-12);
  EXPECT_NEAR(sum_of(memory.weights.average), 1, 1e-12);
}

TEST(Averaging, OfAConstantNeedsTheCorrectionEarly) {
  const BetaMemory memory = averaging({.betas = {0.9}}).memories.front();
  EXPECT_THAT(memory.of_constant.corrected, Each(testing::DoubleNear(1, 1e-14)));
  EXPECT_DOUBLE_EQ(memory.of_constant.average[0], 1 - 0.9);
  EXPECT_DOUBLE_EQ(memory.of_constant.average[1], 0.19);
  EXPECT_DOUBLE_EQ(memory.of_constant.sum[0], 1);
  EXPECT_DOUBLE_EQ(memory.of_constant.sum[1], 1.9);
  EXPECT_NEAR(memory.of_constant.sum.back(), 10, 10 * std::pow(0.9, 100) * 1.001);
}

TEST(Averaging, OfASignalIsItsWeightedSum) {
  const Averaging result = averaging({.betas = {0.8}, .steps = 60, .seed = 4});
  const BetaMemory& memory = result.memories.front();
  double sum = 0, total = 0;
  for (std::size_t i = 0; i < 60; ++i) {
    const double weight = std::pow(0.8, 59 - static_cast<double>(i));
    sum += weight * result.noisy[i];
    total += weight;
  }
  EXPECT_NEAR(memory.of_noisy.sum.back(), sum, 1e-12);
  EXPECT_NEAR(memory.of_noisy.average.back(), 0.2 * sum, 1e-12);
  EXPECT_NEAR(memory.of_noisy.corrected.back(), sum / total, 1e-12);
}

TEST(Averaging, TheNoisySignalIsOfItsSeedAndTurns) {
  const AveragingOptions options{.betas = {0.5}, .steps = 2500, .seed = 5};
  const std::vector<double> signal = averaging(options).noisy;
  EXPECT_EQ(signal, averaging(options).noisy);
  EXPECT_NE(signal, averaging({.betas = {0.5}, .steps = 2500, .seed = 6}).noisy);
  const auto half = signal.begin() + 1250;
  EXPECT_NEAR(std::accumulate(signal.begin(), half, 0.0) / 1250, 1, 0.15);  // 5 standard errors
  EXPECT_NEAR(std::accumulate(half, signal.end(), 0.0) / 1250, -1, 0.15);
}

TEST(Averaging, RefusesWhatIsNoAverage) {
  const auto refusal = [](const AveragingOptions& options) {
    return message<InputError>([&] { averaging(options); });
  };
  EXPECT_EQ(refusal({.betas = {0.9, 1}}),
            "averaging: beta must be in [0, 1), 1 was given (0.9 remembers about ten gradients)");
  EXPECT_THAT(refusal({.betas = {-0.1}}), HasSubstr("-0.1 was given"));
  EXPECT_THAT(refusal({.betas = {std::numeric_limits<double>::quiet_NaN()}}),
              HasSubstr("beta must be in [0, 1), nan"));
  EXPECT_EQ(refusal({.betas = {0.9, 0.5, 0.9}}), "averaging: beta 0.9 is given twice");
  EXPECT_THAT(refusal({.betas = {}}), HasSubstr("at least one beta"));
  EXPECT_THAT(refusal({.steps = 0}), HasSubstr("steps must be from 1 to 10000, 0 was given"));
  EXPECT_THAT(refusal({.steps = 10'001}), HasSubstr("10001 was given"));
}

}  // namespace
}  // namespace ravine::lab
