// The convex Rosenbrock against its matrix, written out and decomposed; runs against the updates'
// recurrences, written out; the class of a rule against what its formula says.
#include "ravine/lab/rosenbrock.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>

#include "ravine/optim/plugin.hpp"
#include "ravine/optim/registry.hpp"
#include "ravine/tensor/linalg.hpp"
#include "support/throws.hpp"

namespace ravine::lab {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// The Hessian of f, entry by entry.
Tensor<double> hessian(const ConvexRosenbrock& f) {
  Tensor<double> h = Tensor<double>::zeros({f.n, f.n});
  for (std::size_t i = 0; i < f.n; ++i) h[i * f.n + i] = 4 / (f.kappa - 1);
  h[0] += 1;
  for (std::size_t i = 0; i + 1 < f.n; ++i) {
    h[i * f.n + i] += 1;
    h[(i + 1) * f.n + i + 1] += 1;
    h[i * f.n + i + 1] -= 1;
    h[(i + 1) * f.n + i] -= 1;
  }
  return h;
}

std::vector<double> gradient(const ConvexRosenbrock& f, const std::vector<double>& w) {
  const Tensor<double> h = hessian(f);
  std::vector<double> g(f.n, 0);
  for (std::size_t i = 0; i < f.n; ++i)
    for (std::size_t j = 0; j < f.n; ++j) g[i] += h[i * f.n + j] * w[j];
  g[0] -= 1;
  return g;
}

TEST(ConvexRosenbrock, IsTheFunction) {
  // By hand, at kappa = 5: (1/2)(3-1)^2 + (1/2)((3-1)^2 + (1+2)^2) + (2/4)(9 + 1 + 4).
  const Variable<double> w = parameter(Tensor<double>({3}, {3, 1, -2}));
  const ConvexRosenbrock f{.kappa = 5, .n = 3};
  const Variable<double> value = objective(f)(w);
  EXPECT_DOUBLE_EQ(value.item(), 2 + 6.5 + 7);
  value.backward();
  // (w1 - 1) + (w1 - w2) + w1; (w2 - w1) + (w2 - w3) + w2; (w3 - w2) + w3.
  EXPECT_THAT(w.grad().to_vector(), ElementsAre(7, 2, -5));
}

TEST(ConvexRosenbrock, HasItsMatrixsEigenvalues) {
  for (const ConvexRosenbrock& f :
       {ConvexRosenbrock{.kappa = 100, .n = 40}, ConvexRosenbrock{.kappa = 1.5, .n = 2}}) {
    const Tensor<double> expected = eigh(hessian(f)).values;
    const std::vector<double> found = curvatures(f);
    ASSERT_EQ(found.size(), f.n);
    for (std::size_t j = 0; j < f.n; ++j) EXPECT_NEAR(found[j], expected[j], 1e-13);
    EXPECT_LT(found.back() / found.front(), f.kappa);
  }
  const std::vector<double> many = curvatures({.kappa = 100, .n = 2000});
  EXPECT_NEAR(many.back() / many.front(), 100, 0.01);
}

TEST(ConvexRosenbrock, HasItsMinimumWhereALinearSolveFindsIt) {
  for (const ConvexRosenbrock& f :
       {ConvexRosenbrock{.kappa = 100, .n = 50}, ConvexRosenbrock{.kappa = 1e6, .n = 7}}) {
    Tensor<double> pull = Tensor<double>::zeros({f.n});
    pull[0] = 1;
    const Tensor<double> expected = solve(hessian(f), pull);
    const std::vector<double> found = minimiser(f);
    for (std::size_t i = 0; i < f.n; ++i)
      EXPECT_NEAR(found[i], expected[i], 1e-10 * expected[i]) << i;
  }
}

TEST(ConvexRosenbrock, TendsToTheLimitsMinimum) {
  const std::vector<double> w = minimiser({.kappa = 100, .n = 400});
  // sqrt 100 = 10: powers of 9/11.
  for (std::size_t i = 1; i <= 200; ++i)
    EXPECT_NEAR(w[i - 1] / std::pow(9.0 / 11.0, static_cast<double>(i)), 1, 1e-12) << i;
}

TEST(ConvexRosenbrock, BoundIsTheNextNumbersPlaceAndThenNothing) {
  const ConvexRosenbrock f{.kappa = 100, .n = 4};
  const std::vector<double> w = minimiser(f);
  EXPECT_THAT(lower_bound(f, 6), ElementsAre(w[0], w[1], w[2], w[3], 0, 0, 0));
  EXPECT_THAT(lower_bound(f, 1), ElementsAre(w[0], w[1]));
  for (std::size_t k = 0; k < f.n; ++k)
    EXPECT_GE(w[k], std::pow(9.0 / 11.0, static_cast<double>(k) + 1));
}

/// Moves against the gradient and, besides, always to the left.
struct Drifting {
  double lr = 0.1;
  static constexpr optim::About about{"drifting", "a summary", "w ← w − lr (g + 1)", "this file"};
  static constexpr optim::Field<Drifting> fields[] = {optim::lr_field(&Drifting::lr)};
  template <class T>
  auto at(optim::Step) const {
    return [lr = T(lr)](auto& w, auto g) { w -= lr * (g + T(1)); };
  }
};

/// The same length each step.
struct Signs {
  double lr = 0.1;
  static constexpr optim::About about{"signs", "a summary", "w ← w − lr sign(g)", "this file"};
  static constexpr optim::Field<Signs> fields[] = {optim::lr_field(&Signs::lr)};
  template <class T>
  auto at(optim::Step) const {
    return [lr = T(lr)](auto& w, auto g) { w -= lr * optim::sign(g); };
  }
};

TEST(FirstOrder, IsToldByWhereARuleGoes) {
  const auto class_of = [](const char* name) { return first_order_class(optim::find_rule(name)); };
  for (const char* name : {"sgd", "momentum", "nesterov"}) {
    EXPECT_TRUE(class_of(name).diagonal) << name;
    EXPECT_TRUE(class_of(name).linear) << name;
  }
  for (const char* name : {"adagrad", "rmsprop", "adadelta", "adam", "adamw", "lion", "rprop"}) {
    EXPECT_TRUE(class_of(name).diagonal) << name;
    EXPECT_FALSE(class_of(name).linear) << name;
  }
  EXPECT_FALSE(class_of("lbfgs").diagonal);
  EXPECT_FALSE(class_of("lbfgs").linear);
  EXPECT_TRUE(searches_lines(optim::find_rule("lbfgs")));
  EXPECT_FALSE(searches_lines(optim::find_rule("lamb")));
  const FirstOrder drifting = first_order_class(optim::info_of<Drifting>());
  EXPECT_FALSE(drifting.diagonal);
  EXPECT_FALSE(drifting.linear);
  const FirstOrder signs = first_order_class(optim::info_of<Signs>());
  EXPECT_TRUE(signs.diagonal);
  EXPECT_FALSE(signs.linear);
}

/// The larger root, in size, of s^2 - (1 + beta)(1 - alpha l) s + beta (1 - alpha l), by which
/// Nesterov's gradient shrinks the component of curvature l.
double nesterov_rate(const MomentumSettings& settings, double curvature) {
  const double left = 1 - settings.lr * curvature;
  const std::complex<double> half = (1 + settings.momentum) * left / 2;
  const std::complex<double> root = std::sqrt(half * half - settings.momentum * left);
  return std::max(std::abs(half + root), std::abs(half - root));
}

double worst_nesterov_rate(const MomentumSettings& settings, double smallest, double largest) {
  double rate = 0;
  for (int i = 0; i <= 1000; ++i)
    rate = std::max(rate, nesterov_rate(settings, smallest + (largest - smallest) * i / 1000));
  return rate;
}

TEST(BestNesterov, IsTheBestAroundAndHasTheRateItSays) {
  const BestSettings best = best_nesterov(0.5, 60);
  EXPECT_NEAR(worst_nesterov_rate(best.settings, 0.5, 60), best.rate, 1e-7);
  for (const double lr : {0.97, 1.0, 1.03})
    for (const double momentum : {0.97, 1.0, 1.03}) {
      if (lr == 1 && momentum == 1) continue;
      const MomentumSettings other{.lr = lr * best.settings.lr,
                                   .momentum = momentum * best.settings.momentum};
      EXPECT_GT(worst_nesterov_rate(other, 0.5, 60), best.rate);
    }
}

/// By a linear solve.
std::vector<double> minimum(const ConvexRosenbrock& f) {
  Tensor<double> pull = Tensor<double>::zeros({f.n});
  pull[0] = 1;
  return solve(hessian(f), pull).to_vector();
}

const RosenbrockRun& run_of(const Rosenbrock& result, std::string_view name) {
  return *std::ranges::find(result.runs, name, &RosenbrockRun::name);
}

TEST(Rosenbrock, RunsTheRulesWithTheirBestSettings) {
  const RosenbrockOptions options{.function = {.kappa = 30, .n = 25}, .steps = 40};
  const Rosenbrock result = rosenbrock(options);
  const std::vector<double> target = minimum(options.function);
  const Tensor<double> spectrum = eigh(hessian(options.function)).values;
  const double low = spectrum[0];
  const double high = spectrum[24];
  const double momentum_root =
      (std::sqrt(high) - std::sqrt(low)) / (std::sqrt(high) + std::sqrt(low));
  struct Expected {
    std::string name;
    double lr, momentum;
    bool ahead;
  };
  const double root = std::sqrt(3 * high / low + 1);
  for (const auto& [name, lr, momentum, ahead] :
       {Expected{"sgd", 2 / (low + high), 0, false},
        Expected{"momentum", 4 / std::pow(std::sqrt(low) + std::sqrt(high), 2),
                 momentum_root * momentum_root, false},
        Expected{"nesterov", 4 / (3 * high + low), (root - 2) / (root + 2), true}}) {
    const RosenbrockRun& run = run_of(result, name);
    ASSERT_EQ(run.error.size(), 41U);
    std::vector<double> w(25, 0), v(25, 0);
    for (std::size_t k = 0; k <= 40; ++k) {
      double error = 0;
      for (std::size_t i = 0; i < 25; ++i) error = std::max(error, std::abs(w[i] - target[i]));
      EXPECT_NEAR(run.error[k], error, 1e-12) << name << " step " << k;
      EXPECT_EQ(run.gradients[k], k);
      const std::vector<double> g = gradient(options.function, w);
      for (std::size_t i = 0; i < 25; ++i) {
        v[i] = momentum * v[i] + g[i];
        w[i] -= lr * (ahead ? g[i] + momentum * v[i] : v[i]);
      }
    }
  }
}

TEST(Rosenbrock, NoLinearFirstOrderRuleBeatsTheBound) {
  for (const RosenbrockOptions& options :
       {RosenbrockOptions{}, RosenbrockOptions{.function = {.kappa = 1e4, .n = 60}, .steps = 80},
        RosenbrockOptions{.function = {.kappa = 1.01, .n = 2}, .steps = 5}}) {
    const Rosenbrock result = rosenbrock(options);
    EXPECT_EQ(result.runs.size(), optim::rules().size());
    const std::vector<double> w = minimum(options.function);
    for (const RosenbrockRun& run : result.runs) {
      SCOPED_TRACE(run.name);
      // The bound once more from a linear solve: the minimum's numbers beyond the first k.
      bool below = false;
      for (std::size_t k = 0; k < run.error.size(); ++k)
        below = below || run.error[k] < (k < w.size() ? w[k] * (1 - 1e-10) : 0.0);
      EXPECT_EQ(run.beats_bound, below);
      if (run.kind.diagonal) {
        EXPECT_FALSE(run.beats_bound);
      }
      EXPECT_FALSE(run.beats_bound_per_gradient);
    }
  }
}

TEST(Rosenbrock, ComparesARunWithTheBoundByStepsAndByGradients) {
  const std::vector<double> bound{0.5, 0.4, 0.3, 0.2};
  const auto compared = [&](std::vector<double> error, std::vector<std::size_t> gradients) {
    RosenbrockRun run;
    run.error = std::move(error);
    run.gradients = std::move(gradients);
    compare(run, bound);
    return std::pair(run.beats_bound, run.beats_bound_per_gradient);
  };
  EXPECT_EQ(compared({0.5, 0.4, 0.3}, {0, 1, 2}), std::pair(false, false));
  EXPECT_EQ(compared({0.5, 0.39, 0.3}, {0, 1, 2}), std::pair(true, true));
  EXPECT_EQ(compared({0.5, 0.39, 0.3}, {0, 2, 3}), std::pair(true, false));
  EXPECT_EQ(compared({0.5, 0.25, 0.3}, {0, 2, 3}), std::pair(true, true));
  EXPECT_EQ(compared({0.6, 0.5, 0.4, 0.3, 0}, {0, 1, 2, 3, 4}), std::pair(false, false));
}

TEST(Rosenbrock, SearchesTheRateWithTheLeastErrorInTheEnd) {
  const std::vector<double> rates = rates_tried();
  ASSERT_EQ(rates.size(), 13U);
  EXPECT_NEAR(rates.front(), 0.001, 1e-15);
  EXPECT_NEAR(rates[3], 0.01, 1e-14);
  EXPECT_NEAR(rates.back(), 10, 1e-12);
  const ConvexRosenbrock f{.kappa = 50, .n = 12};
  const std::vector<double> target = minimum(f);
  double least = std::numeric_limits<double>::infinity();
  double best = 0;
  for (const double lr : rates) {
    const Trajectory run = trajectory(objective(f), std::vector<double>(12, 0),
                                      {.optimizer = "adam", .settings = {{"lr", lr}}, .steps = 30});
    double error = 0;
    for (std::size_t i = 0; i < 12; ++i)
      error = std::max(error, std::abs(run.points.back()[i] - target[i]));
    if (run.diverged || error >= least) continue;
    least = error;
    best = lr;
  }
  EXPECT_GT(best, rates.front());
  EXPECT_LT(best, rates.back());
  const Rosenbrock result = rosenbrock({.function = f, .steps = 30});
  const RosenbrockRun& run = run_of(result, "adam");
  EXPECT_EQ(run.choice, Choice::search);
  EXPECT_EQ(run.settings, optim::Settings({{"lr", best}}));
  EXPECT_NEAR(run.error.back(), least, 1e-12);
}

TEST(Rosenbrock, MomentumGoesDownAsTheBoundDoes) {
  const Rosenbrock result = rosenbrock({});
  const std::vector<double>& error = run_of(result, "momentum").error;
  EXPECT_LT(error[100], 1.01 * result.lower_bound[100]);
  // Gradient descent's rate is (kappa - 1)/(kappa + 1) = 0.9802, and it is nowhere near.
  EXPECT_GT(run_of(result, "sgd").error[100], 1e6 * result.lower_bound[100]);
}

TEST(Rosenbrock, ShowsWhatWordHasNotReached) {
  const Rosenbrock result = rosenbrock({.function = {.kappa = 100, .n = 80}, .steps = 100});
  const auto& points = run_of(result, "momentum").first_points;
  ASSERT_EQ(points.size(), 60U);
  for (std::size_t k = 0; k < points.size(); ++k) {
    ASSERT_EQ(points[k].size(), 60U);
    for (std::size_t i = 0; i < points[k].size(); ++i)
      EXPECT_EQ(points[k][i] == 0, i >= k) << "step " << k << ", number " << i + 1;
  }
  const Rosenbrock small = rosenbrock({.function = {.n = 3}, .steps = 5});
  EXPECT_EQ(run_of(small, "momentum").first_points.size(), 6U);
  EXPECT_EQ(run_of(small, "momentum").first_points.back().size(), 3U);
}

TEST(RosenbrockErrors, SayWhatWouldBeRight) {
  const auto error_of = [](double kappa, std::size_t n, std::size_t steps) {
    return test::message(
        [&] { rosenbrock({.function = {.kappa = kappa, .n = n}, .steps = steps}); });
  };
  EXPECT_THAT(error_of(0.5, 10, 10),
              HasSubstr("kappa must be a number above 1 and at most 1e+12, 0.5 was given"));
  EXPECT_THAT(error_of(1, 10, 10), HasSubstr("kappa must be a number above 1"));
  EXPECT_THAT(error_of(std::numeric_limits<double>::quiet_NaN(), 10, 10), HasSubstr("nan"));
  EXPECT_THAT(error_of(std::numeric_limits<double>::infinity(), 10, 10), HasSubstr("inf"));
  EXPECT_THAT(error_of(1e13, 10, 10), HasSubstr("1e+13 was given"));
  EXPECT_EQ(error_of(100, 1, 10), "n must be from 2 to 2000, 1 was given");
  EXPECT_EQ(error_of(100, 2001, 10), "n must be from 2 to 2000, 2001 was given");
  EXPECT_EQ(error_of(100, 10, 0), "steps must be from 1 to 2000, 0 were given");
  EXPECT_EQ(error_of(100, 10, 2001), "steps must be from 1 to 2000, 2001 were given");
}

}  // namespace
}  // namespace ravine::lab
