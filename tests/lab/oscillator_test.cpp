#include "ravine/lab/oscillator.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>
#include <utility>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/random.hpp"
#include "support/throws.hpp"

namespace ravine::lab {
namespace {

using test::message;
using testing::HasSubstr;

constexpr Medium example{.mass = 2, .friction = 4};

/// m w'' + mu w' = -k w from w = 1 at rest, by the classical Runge-Kutta method.
double integrated(const Medium& medium, double curvature, double time) {
  constexpr int steps = 20'000;
  const double h = time / steps;
  const auto pull = [&](double w, double v) {
    return (-medium.friction * v - curvature * w) / medium.mass;
  };
  double w = 1, v = 0;
  for (int i = 0; i < steps; ++i) {
    const double w1 = v, v1 = pull(w, v);
    const double w2 = v + h / 2 * v1, v2 = pull(w + h / 2 * w1, v + h / 2 * v1);
    const double w3 = v + h / 2 * v2, v3 = pull(w + h / 2 * w2, v + h / 2 * v2);
    const double w4 = v + h * v3, v4 = pull(w + h * w3, v + h * v3);
    w += h / 6 * (w1 + 2 * w2 + 2 * w3 + w4);
    v += h / 6 * (v1 + 2 * v2 + 2 * v3 + v4);
  }
  return w;
}

TEST(DampedMotion, HasTheRootsOfItsPolynomial) {
  // 2 s^2 + 4 s + 3, 2 s^2 + 4 s + 2 and s^2 + 5 s + 4, by hand.
  const auto under = decay_roots(example, 3);
  EXPECT_DOUBLE_EQ(under[0].real(), -1);
  EXPECT_DOUBLE_EQ(under[0].imag(), std::sqrt(0.5));
  EXPECT_EQ(under[1], std::conj(under[0]));
  EXPECT_EQ(damping(example, 3), Damping::under);
  const auto critical = decay_roots(example, 2);
  EXPECT_EQ(critical[0], -1.0);
  EXPECT_EQ(critical[1], -1.0);
  EXPECT_EQ(damping(example, 2), Damping::critical);
  const auto over = decay_roots({.mass = 1, .friction = 5}, 4);
  EXPECT_EQ(over[0], -1.0);
  EXPECT_EQ(over[1], -4.0);
  EXPECT_EQ(damping({.mass = 1, .friction = 5}, 4), Damping::over);
}

TEST(DampedMotion, IsCriticalWhereDecimalsAreRounded) {
  for (const double friction : {0.1, 0.3, 0.7, 1.1, 2.3})
    for (const double mass : {0.1, 0.3, 1.7}) {
      const Medium medium{mass, friction};
      EXPECT_EQ(damping(medium, critical_curvature(medium)), Damping::critical);
      EXPECT_DOUBLE_EQ(speedup(medium, critical_curvature(medium)), 2);
      EXPECT_EQ(damping(medium, critical_curvature(medium) * (1 + 1e-9)), Damping::under);
      EXPECT_EQ(damping(medium, critical_curvature(medium) * (1 - 1e-9)), Damping::over);
    }
}

TEST(DampedMotion, SolvesItsEquation) {
  for (const double curvature : {0.1, 1.9, 2 - 1e-9, 2.0, 2 + 1e-9, 3.0, 30.0})
    for (const double time : {0.3, 1.0, 5.0})
      EXPECT_NEAR(displacement(example, curvature, time), integrated(example, curvature, time),
                  1e-12)
          << curvature << " at " << time;
  EXPECT_EQ(displacement(example, 3, 0), 1);
}

TEST(DampedMotion, IsAtMostTwiceAsFastAsPlainDescent) {
  EXPECT_EQ(critical_curvature(example), 2);
  EXPECT_DOUBLE_EQ(speedup(example, 2), 2);
  EXPECT_DOUBLE_EQ(speedup(example, 3), 1 / 0.75);  // Re s = -1, k / mu = 3 / 4
  EXPECT_DOUBLE_EQ(speedup(example, 30), 1 / 7.5);
  EXPECT_NEAR(speedup(example, 1e-9), 1, 1e-9);
  for (double curvature = 0.01; curvature < 100; curvature *= 1.1)
    EXPECT_LT(speedup(example, curvature), 2) << curvature;
}

/// What is left of the motion after a while, beside what is left of one without mass.
TEST(DampedMotion, DecaysAsFastAsTheSpeedupSays) {
  for (const double curvature : {0.5, 1.0, 1.8}) {
    const double rate =
        std::log(displacement(example, curvature, 40) / displacement(example, curvature, 60)) / 20;
    EXPECT_NEAR(rate / (curvature / example.friction), speedup(example, curvature), 1e-6);
  }
}

TEST(Oscillator, IsMomentum) {
  const MomentumSettings settings = momentum_of(example, 0.5);
  EXPECT_DOUBLE_EQ(settings.lr, 0.0625);     // 0.25 / (2 + 4 * 0.5)
  EXPECT_DOUBLE_EQ(settings.momentum, 0.5);  // 2 / (2 + 4 * 0.5)
}

TEST(Oscillator, StepsAsItsEquationInDifferences) {
  const Oscillator result = oscillator({.curvatures = {0.5, 2, 3, 30}, .start = -1.5});
  for (const OscillatorMode& mode : result.modes) {
    const double dt = 0.5, m = 2, mu = 4;
    double before = -1.5, w = -1.5;  // at rest
    ASSERT_EQ(mode.run.size(), 101U);
    for (std::size_t t = 0; t < 20; ++t) {
      EXPECT_NEAR(mode.run[t], w, 1e-12) << mode.curvature << " at " << t;
      // m (next - 2 w + before) / dt^2 + mu (next - w) / dt = -k w, solved for next.
      const double next = (m * (2 * w - before) / (dt * dt) + mu * w / dt - mode.curvature * w) /
                          (m / (dt * dt) + mu / dt);
      before = std::exchange(w, next);
    }
  }
}

TEST(Oscillator, ClosedFormIsWhatTheRuleRuns) {
  const Oscillator plain = oscillator({.curvatures = {0.01, 1, 2, 3, 30, 47.9, 48.1, 1000}});
  for (const OscillatorMode& mode : plain.modes)
    EXPECT_LT(mode.max_closed_form_error, 1e-9) << mode.curvature;
  Generator generator(3);
  const auto drawn = [&] { return std::exp(6 * generator.uniform() - 3); };
  for (int i = 0; i < 300; ++i) {
    const OscillatorOptions options{.medium = {drawn(), drawn()},
                                    .dt = drawn(),
                                    .curvatures = {drawn(), drawn()},
                                    .start = drawn()};
    for (const OscillatorMode& mode : oscillator(options).modes)
      EXPECT_LT(mode.max_closed_form_error, 1e-9)
          << options.medium.mass << ' ' << options.medium.friction << ' ' << options.dt << ' '
          << mode.curvature;
  }
}

TEST(Oscillator, AnErrorIsSeenInFull) {
  const std::vector<double> closed_form{1, 3, 4, 0, 0};
  const auto error = [&](std::size_t step, double off) {
    std::vector<double> run = closed_form;
    run[step] += off;
    return closed_form_error(run, closed_form);
  };
  EXPECT_EQ(error(1, 0), 0);
  EXPECT_NEAR(error(2, 5e-6), 1e-6, 1e-15);  // of hypot(3, 4)
  EXPECT_NEAR(error(3, 4e-6), 1e-6, 1e-15);  // where w passes 0
  EXPECT_EQ(error(4, 1e-310), 0);
  EXPECT_TRUE(std::isnan(error(1, std::nan(""))));
  EXPECT_TRUE(std::isnan(error(4, std::nan(""))));
}

/// The error is of what was run: a rate that is off by 1e-6 shows.
TEST(Oscillator, ErrorTellsADifference) {
  const OscillatorMode mode = oscillator({.curvatures = {3}}).modes.front();
  std::vector<double> other;
  for (std::size_t t = 0; t < mode.run.size(); ++t)
    other.push_back(momentum_factor({0.0625 + 1e-6, 0.5}, 3, t));
  EXPECT_GT(closed_form_error(mode.run, other), 1e-6);
  EXPECT_EQ(mode.max_closed_form_error, closed_form_error(mode.run, mode.closed_form));
}

TEST(Oscillator, RunNearsTheMotionWithShorterSteps) {
  const auto worst = [](double dt) {
    const OscillatorOptions options{
        .dt = dt, .curvatures = {3, 30}, .steps = static_cast<std::size_t>(4 / dt)};
    double largest = 0;
    for (const OscillatorMode& mode : oscillator(options).modes)
      for (std::size_t t = 0; t < mode.run.size(); ++t)
        largest = std::max(largest, std::abs(mode.run[t] - mode.continuous[t]));
    return largest;
  };
  EXPECT_LT(worst(0.001), 0.01);
  EXPECT_NEAR(worst(0.002) / worst(0.001), 2, 0.05);  // of first order
}

TEST(Oscillator, IsStableUpToItsLimits) {
  // 0 < lr k < 2 + 2 momentum is k < 3 / 0.0625 = 48 here; beyond it a run grows.
  const Oscillator result = oscillator({.curvatures = {47, 49}, .steps = 2000});
  EXPECT_TRUE(result.modes[0].stable);
  EXPECT_LT(std::abs(result.modes[0].run.back()), 1e-10);
  EXPECT_FALSE(result.modes[1].stable);
  EXPECT_GT(std::abs(result.modes[1].run.back()), 1e10);
  EXPECT_GT(std::abs(result.modes[1].discrete_eigenvalues[0]), 1);
  EXPECT_DOUBLE_EQ(oscillator({.curvatures = {48}}).modes[0].largest_dt, 0.5);
  EXPECT_DOUBLE_EQ(result.modes[0].largest_dt_of_plain, 8.0 / 47);
}

TEST(Oscillator, TheLongestTimeOfAStepIsWhereTheRunTurnsUnstable) {
  for (const double curvature : {0.1, 3.0, 30.0}) {
    const double limit = oscillator({.curvatures = {curvature}}).modes[0].largest_dt;
    EXPECT_TRUE(oscillator({.dt = limit * 0.999, .curvatures = {curvature}}).modes[0].stable);
    EXPECT_FALSE(oscillator({.dt = limit * 1.001, .curvatures = {curvature}}).modes[0].stable);
  }
}

TEST(Oscillator, AnOverflowEndsTheRunAlone) {
  const OscillatorMode mode =
      oscillator({.dt = 100, .curvatures = {1e6}, .steps = 200}).modes.front();
  EXPECT_FALSE(mode.stable);
  EXPECT_LT(mode.run.size(), 201U);
  EXPECT_GT(mode.run.size(), 10U);
  EXPECT_EQ(mode.closed_form.size(), mode.run.size());
  EXPECT_LT(mode.max_closed_form_error, 1e-9);
}

TEST(Oscillator, RefusesWhatDoesNotMove) {
  const auto refusal = [](const OscillatorOptions& options) {
    return message<InputError>([&] { oscillator(options); });
  };
  EXPECT_EQ(refusal({.medium = {2, 0}}),
            "oscillator: friction must be above 0 and finite, 0 was given (without friction it "
            "swings for ever)");
  EXPECT_THAT(refusal({.medium = {2, -1}}), HasSubstr("friction must be above 0"));
  EXPECT_THAT(refusal({.medium = {0, 4}}), HasSubstr("mass must be above 0"));
  EXPECT_THAT(refusal({.medium = {0, 4}}), HasSubstr("plain gradient descent"));
  EXPECT_THAT(refusal({.dt = 0}), HasSubstr("dt must be above 0"));
  EXPECT_THAT(refusal({.dt = std::numeric_limits<double>::quiet_NaN()}),
              HasSubstr("nan was given"));
  EXPECT_THAT(refusal({.curvatures = {3, 0}}), HasSubstr("a curvature must be above 0"));
  EXPECT_THAT(refusal({.curvatures = {}}), HasSubstr("at least one curvature"));
  EXPECT_THAT(refusal({.start = 0}), HasSubstr("start must be finite and not 0"));
  EXPECT_EQ(refusal({.curvatures = {3, 30}, .steps = 400'001}),
            "oscillator: steps: 400001 of 2 curvatures are too many (at most 400000)");
  EXPECT_THAT(refusal({.medium = {1, 1e-20}}), HasSubstr("the momentum would be 1"));
  EXPECT_THAT(refusal({.dt = 1e-300}), HasSubstr("dt must be from 1e-50 to 1e+50, 1e-300"));
}

}  // namespace
}  // namespace ravine::lab
