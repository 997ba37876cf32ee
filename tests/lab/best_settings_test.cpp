// The best settings against the worked example of the texts and against a search.
#include "ravine/lab/best_settings.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "ravine/lab/chosen_settings.hpp"
#include "ravine/lab/modes.hpp"
#include "support/throws.hpp"

namespace ravine::lab {
namespace {

TEST(BestSettings, OfConditionNumberOneHundred) {
  const BestSettings descent = best_descent(1, 100);
  EXPECT_DOUBLE_EQ(descent.settings.lr, 2.0 / 101);
  EXPECT_EQ(descent.settings.momentum, 0);
  EXPECT_DOUBLE_EQ(descent.rate, 99.0 / 101);
  // The roots are 1 and 10: (2/11)^2, (9/11)^2, 9/11.
  const BestSettings momentum = best_momentum(1, 100);
  EXPECT_DOUBLE_EQ(momentum.settings.lr, 4.0 / 121);
  EXPECT_DOUBLE_EQ(momentum.settings.momentum, 81.0 / 121);
  EXPECT_DOUBLE_EQ(momentum.rate, 9.0 / 11);
}

/// One curvature needs no momentum, whatever its rounding.
TEST(BestSettings, OfCurvaturesThatAreTheSameHaveNoMomentum) {
  EXPECT_EQ(best_momentum(1 - 1e-8, 1).settings.momentum, 0);
  EXPECT_GT(best_momentum(1 - 1e-4, 1).settings.momentum, 0);
}

TEST(BestSettings, RatesAreWhatTheSlowestComponentHas) {
  const std::vector<double> curvatures{0.5, 2, 3, 8};
  const BestSettings descent = best_descent(0.5, 8);
  EXPECT_NEAR(rate_of(curvatures, descent.settings), descent.rate, 1e-15);
  // Where eigenvalues meet, rounding of 1e-16 moves them by its root.
  const BestSettings momentum = best_momentum(0.5, 8);
  EXPECT_NEAR(rate_of(curvatures, momentum.settings), momentum.rate, 1e-7);
}

TEST(BestSettings, NoOthersAreFaster) {
  const std::vector<double> curvatures{0.5, 2, 8};
  const double descent = best_descent(0.5, 8).rate;
  const double momentum = best_momentum(0.5, 8).rate;
  double best_of_descents = 1;
  double best_of_all = 1;
  for (int i = 1; i < 400; ++i)
    for (int j = 0; j < 400; ++j) {
      const MomentumSettings settings{.lr = i * (4.0 / 8) / 400, .momentum = j / 400.0};
      const double rate = rate_of(curvatures, settings);
      if (j == 0) best_of_descents = std::min(best_of_descents, rate);
      best_of_all = std::min(best_of_all, rate);
    }
  EXPECT_GE(best_of_descents, descent);
  EXPECT_NEAR(best_of_descents, descent, 0.01);
  EXPECT_GE(best_of_all, momentum);
  EXPECT_NEAR(best_of_all, momentum, 0.02);
}

TEST(BestSettings, OneCurvatureTakesOneStep) {
  EXPECT_EQ(best_descent(4, 4).rate, 0);
  EXPECT_EQ(best_momentum(4, 4).rate, 0);
  EXPECT_DOUBLE_EQ(best_momentum(4, 4).settings.lr, 0.25);
}

TEST(BestSettings, StabilityEndsAtTheLargestStableRate) {
  for (const double beta : {0.0, 0.3, 0.9}) {
    const double lr = largest_stable_lr(beta, 7);
    EXPECT_DOUBLE_EQ(lr, (2 + 2 * beta) / 7);
    EXPECT_LT(momentum_rate({.lr = lr * 0.999, .momentum = beta}, 7), 1);
    EXPECT_GT(momentum_rate({.lr = lr * 1.001, .momentum = beta}, 7), 1);
  }
}

TEST(BestSettings, CriticalMomentumIsTheFastestOfOneComponent) {
  for (const double product : {0.04, 0.3, 0.9, 1.6}) {
    const double critical = critical_momentum(product / 5, 5);
    EXPECT_DOUBLE_EQ(critical, std::pow(1 - std::sqrt(product), 2));
    const double rate = momentum_rate({.lr = product / 5, .momentum = critical}, 5);
    for (int j = 0; j < 1000; ++j)
      EXPECT_GE(momentum_rate({.lr = product / 5, .momentum = j / 1000.0}, 5), rate - 1e-7);
  }
}

TEST(ChosenSettings, ArePlainDescentForALearningRateAlone) {
  const MomentumSettings none = chosen_settings({}, 1, 100);
  EXPECT_DOUBLE_EQ(none.lr, 4.0 / 121);
  EXPECT_DOUBLE_EQ(none.momentum, 81.0 / 121);
  const MomentumSettings rate = chosen_settings({.lr = 0.5}, 1, 100);
  EXPECT_EQ(rate.lr, 0.5);
  EXPECT_EQ(rate.momentum, 0);
  const MomentumSettings both = chosen_settings({.lr = 0.5, .momentum = 0.25}, 1, 100);
  EXPECT_EQ(both.lr, 0.5);
  EXPECT_EQ(both.momentum, 0.25);
}

TEST(ChosenSettings, NameWhatWasGiven) {
  const auto refusal = [](const SettingsChoice& choice) {
    return test::message([&] { chosen_settings(choice, 1, 100); });
  };
  EXPECT_EQ(refusal({.momentum = std::nan("")}), "sgd: momentum must be in [0, 1), nan was given");
  EXPECT_EQ(refusal({.lr = -1}), "sgd: lr must be in [0, inf), -1 was given");
  EXPECT_EQ(refusal({.lr = 1e149}),
            "lr: 1e+149 times the largest eigenvalue, 100, must be at most 1e+150 (a larger one "
            "diverges at once)");
}

TEST(ChosenSettings, FindTheLearningRateForAMomentum) {
  EXPECT_DOUBLE_EQ(best_lr(0, 1, 100), best_descent(1, 100).settings.lr);
  EXPECT_DOUBLE_EQ(best_lr(81.0 / 121, 1, 100), 4.0 / 121);
  const std::vector<double> curvatures{1, 10, 100};
  for (const double beta : {0.1, 0.5, 0.9}) {
    const MomentumSettings chosen = chosen_settings({.momentum = beta}, 1, 100);
    EXPECT_EQ(chosen.momentum, beta);
    const double rate = rate_of(curvatures, chosen);
    for (int i = 1; i < 1000; ++i)
      EXPECT_GE(rate_of(curvatures, {.lr = i * 0.04 / 1000, .momentum = beta}), rate - 1e-12);
  }
}

}  // namespace
}  // namespace ravine::lab
