// Regimes against what the iterates of the update do, without eigenvalues.
#include "ravine/lab/regime.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "ravine/tensor/random.hpp"

namespace ravine::lab {
namespace {

std::vector<double> iterates(double alpha_lambda, double beta, std::size_t steps) {
  std::vector<double> x{1};
  double displacement = 0;
  for (std::size_t k = 0; k < steps; ++k) {
    displacement = beta * displacement - alpha_lambda * x.back();
    x.push_back(x.back() + displacement);
  }
  return x;
}

std::size_t sign_changes(const std::vector<double>& x) {
  std::size_t changes = 0;
  for (std::size_t k = 1; k < x.size(); ++k) changes += x[k] * x[k - 1] < 0 ? 1 : 0;
  return changes;
}

TEST(Regime, OfKnownPoints) {
  EXPECT_EQ(regime_of(0.5, 0), Regime::monotone);
  EXPECT_EQ(regime_of(1, 0), Regime::monotone);  // in one step
  EXPECT_EQ(regime_of(1.5, 0), Regime::alternating);
  EXPECT_EQ(regime_of(2, 0), Regime::divergence);
  EXPECT_EQ(regime_of(0, 0.5), Regime::divergence);
  EXPECT_EQ(regime_of(0.04, 0.5), Regime::monotone);  // critical: 1 - sqrt 0.04 = 0.8, 0.64
  EXPECT_EQ(regime_of(0.04, 0.63), Regime::monotone);
  EXPECT_EQ(regime_of(0.04, 0.65), Regime::ripples);
  EXPECT_EQ(regime_of(1.5, 0.5), Regime::ripples);  // 1 + beta
  EXPECT_EQ(regime_of(1.51, 0.5), Regime::oscillation);
  EXPECT_EQ(regime_of(2.95, 0.5), Regime::alternating);  // above (1 + sqrt 0.5)^2 = 2.914
  EXPECT_EQ(regime_of(3, 0.5), Regime::divergence);
  EXPECT_EQ(regime_of(3.5, 0.9), Regime::oscillation);
}

TEST(Regime, IsWhatTheIteratesDo) {
  Generator generator(21);
  std::vector<std::size_t> met(all_regimes().size());
  for (int i = 0; i < 4000; ++i) {
    const double alpha_lambda = 4 * generator.uniform();
    const double beta = generator.uniform();
    const Regime regime = regime_of(alpha_lambda, beta);
    ++met[static_cast<std::size_t>(regime)];
    const std::vector<double> x = iterates(alpha_lambda, beta, 40);
    const auto where = testing::Message() << alpha_lambda << ", " << beta;
    switch (regime) {
      case Regime::monotone:
        EXPECT_TRUE(std::ranges::is_sorted(x, std::greater())) << where;
        EXPECT_GE(x.back(), 0) << where;
        break;
      case Regime::alternating:
        EXPECT_EQ(sign_changes(x), 40U) << where;
        break;
      case Regime::ripples:  // half a wave is two steps or more
        EXPECT_LE(sign_changes(x), 21U) << where;
        break;
      case Regime::oscillation:
        EXPECT_GE(sign_changes(x), 19U) << where;
        break;
      case Regime::divergence:
        EXPECT_GE(alpha_lambda, 2 + 2 * beta) << where;
        break;
    }
    // Not too near the rim, 600 steps tell whether it shrinks.
    const double rim = alpha_lambda / (2 + 2 * beta);
    if (beta > 0.95 || alpha_lambda < 0.1 || std::abs(rim - 1) < 0.02) continue;
    const double end = std::abs(iterates(alpha_lambda, beta, 600).back());
    EXPECT_EQ(end > 1, regime == Regime::divergence) << where;
  }
  for (const std::size_t count : met) EXPECT_GT(count, 20U);
}

TEST(Regime, HasItsNames) {
  std::vector<std::string_view> names;
  for (const Regime regime : all_regimes()) names.push_back(name_of(regime));
  const std::vector<std::string_view> expected{"monotone decrease", "monotone with sign change",
                                               "ripples", "oscillation", "divergence"};
  EXPECT_EQ(names, expected);
}

}  // namespace
}  // namespace ravine::lab
