#include "ravine/lab/spectrum.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "ravine/data/datasets.hpp"
#include "ravine/lab/gram_spectrum.hpp"
#include "ravine/lab/hessian_product.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/linalg.hpp"
#include "ravine/train/prepare.hpp"
#include "support/datasets.hpp"
#include "support/throws.hpp"
#include "train/made_data.hpp"

namespace ravine::lab {
namespace {

using test::message;
using testing::HasSubstr;
using train::ModelKind;

train::Architecture architecture_for(ModelKind kind, const data::Dataset& dataset,
                                     const std::vector<std::size_t>& hidden = {},
                                     Activation activation = Activation::tanh) {
  const train::Prepared data{.train = dataset, .validation = {}, .test = {}};
  return train::make_model(kind, hidden, activation, data, 0).architecture;
}

data::Dataset prepared(const data::Dataset& dataset) {
  return train::prepare({.train = dataset, .test = {}}, 0, 0).train;
}

/// The condition number, the steps, and what else NumPy says of the airfoil data, all columns
/// standardised by z = (a - a.mean(0)) / a.std(0), X = [z[:, :5], 1], G = X'X / 1503:
/// numpy.linalg.eigvalsh(G), and v = b v + g; w = w - lr v from 0 with the best lr and b until half
/// the mean square of X w - z[:, 5] is 1e-6 above that of numpy.linalg.lstsq.
struct AirfoilByNumPy {
  std::vector<double> eigenvalues{0.1743374861894173, 0.675739370541664, 0.9165321138855708, 1.0,
                                  1.1239998952023245, 2.1093911341810117};
  double condition_number = 12.099469714099078;
  double least_loss = 0.2421451289535636;
  double descent_lr = 0.8757607984418013;
  double momentum_lr = 1.143978298351038;
  double momentum = 0.30626799051346354;
  std::size_t descent_steps = 29;
  std::size_t momentum_steps = 12;
};

TEST(Spectrum, OfALinearModelOnAirfoilPredictsItsTraining) {
  if (!test::dataset_is_there("airfoil")) GTEST_SKIP() << "datasets/fetch airfoil";
  const AirfoilByNumPy expected;
  const data::Dataset airfoil = prepared(data::load_train("airfoil", {.test_fraction = 0}));
  ASSERT_EQ(airfoil.size(), 1503U);
  const Spectrum result =
      spectrum(architecture_for(ModelKind::linear, airfoil), airfoil, {.verify = true});
  constexpr double float_rounding = 1e-6;
  ASSERT_EQ(result.gram->eigenvalues.size(), 6U);
  for (std::size_t i = 0; i < 6; ++i)
    EXPECT_NEAR(result.gram->eigenvalues[i], expected.eigenvalues[i], float_rounding);
  EXPECT_EQ(result.gram->rank, 6U);
  EXPECT_NEAR(*result.condition_number, expected.condition_number, 12 * float_rounding);
  EXPECT_NEAR(result.gram->least_loss, expected.least_loss, float_rounding);
  EXPECT_NEAR(result.descent.settings.lr, expected.descent_lr, float_rounding);
  EXPECT_NEAR(result.momentum.settings.lr, expected.momentum_lr, float_rounding);
  EXPECT_NEAR(result.momentum.settings.momentum, expected.momentum, float_rounding);
  EXPECT_EQ(result.descent.predicted_steps, expected.descent_steps);
  EXPECT_EQ(result.momentum.predicted_steps, expected.momentum_steps);
  EXPECT_EQ(result.descent.measured->steps, expected.descent_steps);
  EXPECT_EQ(result.momentum.measured->steps, expected.momentum_steps);
}

/// The gap to the minimum after every step, not its first crossing alone.
TEST(Spectrum, PredictsEveryStepOfALinearModel) {
  const data::Dataset diabetes = prepared(data::load_train("diabetes", {.test_fraction = 0}));
  const Spectrum result =
      spectrum(architecture_for(ModelKind::linear, diabetes), diabetes, {.verify = true});
  EXPECT_GT(*result.condition_number, 400);
  for (const DescentForecast* run : {&result.descent, &result.momentum}) {
    const std::vector<double>& gaps = run->measured->gaps;
    EXPECT_EQ(run->measured->steps, run->predicted_steps);
    ASSERT_EQ(gaps.size(), *run->predicted_steps + 1);
    for (std::size_t k = 0; k < gaps.size(); ++k) {
      const double predicted = error_after(result.gram->from_zero, run->settings, k);
      EXPECT_NEAR(gaps[k], predicted, 1e-9 * predicted + 1e-14) << k;
    }
  }
  const double gain = static_cast<double>(*result.descent.measured->steps) /
                      static_cast<double>(*result.momentum.measured->steps);
  EXPECT_GT(gain, 0.25 * std::sqrt(*result.condition_number));
}

/// Two columns that are one, and a constant one: G has three eigenvalues that count out of five.
TEST(Spectrum, LeavesOutWhatDescentNeverSees) {
  std::vector<float> features;
  std::vector<float> targets;
  for (int i = 0; i < 30; ++i) {
    const auto a = static_cast<float>(i % 6);
    const auto b = static_cast<float>(i / 6);
    features.insert(features.end(), {a, 4, b, 10 - 3 * a});
    targets.push_back(2 * a - b + static_cast<float>(i % 4));
  }
  const data::Dataset dataset = prepared(train::made(data::Task::regression, 4, features, targets));
  const Spectrum result =
      spectrum(architecture_for(ModelKind::linear, dataset), dataset, {.verify = true});
  EXPECT_EQ(result.gram->eigenvalues.size(), 5U);
  EXPECT_EQ(result.gram->rank, 3U);
  // a and b do not correlate on the grid: (1, -1) / sqrt 2 of the doubled column has curvature 2.
  EXPECT_NEAR(result.largest, 2, 1e-6);
  EXPECT_NEAR(result.smallest, 1, 1e-6);
  EXPECT_NEAR(*result.condition_number, 2, 1e-5);
  EXPECT_EQ(result.descent.measured->steps, result.descent.predicted_steps);
  EXPECT_EQ(result.momentum.measured->steps, result.momentum.predicted_steps);
}

/// f(w) = (w - 1)^2 / 2 + b^2 / 2 for y = x, both standardised: one step of descent is enough.
TEST(Spectrum, OneFeatureTakesOneStep) {
  const data::Dataset dataset =
      prepared(train::made(data::Task::regression, 1, {1, 2, 3, 4}, {10, 20, 30, 40}));
  const Spectrum result =
      spectrum(architecture_for(ModelKind::linear, dataset), dataset, {.verify = true});
  EXPECT_NEAR(*result.condition_number, 1, 1e-6);
  EXPECT_NEAR(result.descent.settings.lr, 1, 1e-6);
  EXPECT_NEAR(result.gram->least_loss, 0, 1e-12);
  EXPECT_EQ(result.descent.predicted_steps, 1U);
  EXPECT_EQ(result.descent.measured->steps, 1U);
  EXPECT_EQ(result.momentum.measured->steps, 1U);
}

TEST(Spectrum, OfFewStepsMeasuresNone) {
  const data::Dataset diabetes = prepared(data::load_train("diabetes", {.test_fraction = 0}));
  const Spectrum result = spectrum(architecture_for(ModelKind::linear, diabetes), diabetes,
                                   {.verify = true, .steps = 5});
  EXPECT_EQ(result.descent.measured->steps, std::nullopt);
  EXPECT_EQ(result.descent.measured->gaps.size(), 6U);
}

/// All of a Hessian's eigenvalues, by LAPACK from its columns.
std::vector<double> dense_eigenvalues(const train::Architecture& architecture,
                                      const data::Dataset& dataset, std::uint64_t seed) {
  const Layers layers = initial_layers(architecture, seed);
  const FullBatch batch = full_batch(dataset);
  const std::size_t p = parameter_count(layers);
  Tensor<double> hessian = Tensor<double>::zeros({p, p});
  for (std::size_t i = 0; i < p; ++i) {
    Tensor<double> unit = Tensor<double>::zeros({p});
    unit[i] = 1;
    hessian.rows(i, i + 1).assign(hessian_product(layers, batch, unit).reshape({1, p}));
  }
  for (std::size_t i = 0; i < p; ++i)
    for (std::size_t j = 0; j < i; ++j) EXPECT_NEAR(hessian[i * p + j], hessian[j * p + i], 1e-12);
  return eigh(hessian).values.to_vector();
}

TEST(Spectrum, OfNetworksIsThatOfTheirWholeHessian) {
  const data::Dataset iris = prepared(data::load_train("iris", {.test_fraction = 0}));
  for (const auto& [kind, hidden] : {std::pair{ModelKind::logistic, std::vector<std::size_t>{}},
                                     std::pair{ModelKind::mlp, std::vector<std::size_t>{6, 4}}}) {
    const train::Architecture architecture = architecture_for(kind, iris, hidden);
    const Spectrum result = spectrum(architecture, iris, {.seed = 3});
    const std::vector<double> all = dense_eigenvalues(architecture, iris, 3);
    EXPECT_EQ(result.parameters, all.size());
    EXPECT_TRUE(is_exact(result, result.lanczos->largest_error));
    EXPECT_LE(result.lanczos->products, all.size());
    EXPECT_NEAR(result.largest, all.back(), 1e-6 * all.back());
    EXPECT_EQ(result.lanczos->ritz_values.back(), result.largest);
    EXPECT_EQ(result.condition_number, std::nullopt);  // logits may shift
    EXPECT_NEAR(result.descent.largest_stable_lr, 2 / all.back(), 1e-5 / all.back());
    EXPECT_NEAR(result.momentum.largest_stable_lr, 3.8 / all.back(), 1e-5 / all.back());
    EXPECT_NEAR(result.descent.settings.lr, 1 / all.back(), 1e-5 / all.back());
    EXPECT_EQ(result.descent.predicted_steps, std::nullopt);
    EXPECT_FALSE(result.descent.path.has_value());
    if (kind == ModelKind::logistic) {
      EXPECT_EQ(result.smallest, 0);
      EXPECT_EQ(result.lanczos->smallest_error, 0);
      EXPECT_NEAR(all.front(), 0, 1e-12);
    } else {
      EXPECT_LT(result.smallest, -1e-3);  // a saddle
      EXPECT_EQ(result.lanczos->ritz_values.front(), result.smallest);
      // An upper bound, that an eigenvalue is close to.
      EXPECT_GE(result.smallest, all.front() - 1e-12);
      const auto distance = [&](double value) { return std::abs(value - result.smallest); };
      EXPECT_LE(distance(std::ranges::min(all, {}, distance)), result.lanczos->smallest_error);
    }
  }
}

/// A network without a hidden layer for a number is the linear model: its Hessian is G.
TEST(Spectrum, OfALinearNetworkAgreesWithTheGramMatrix) {
  const data::Dataset diabetes = prepared(data::load_train("diabetes", {.test_fraction = 0}));
  const Spectrum exact = spectrum(architecture_for(ModelKind::linear, diabetes), diabetes, {});
  const Spectrum read = spectrum(architecture_for(ModelKind::mlp, diabetes), diabetes, {});
  EXPECT_NEAR(read.largest, exact.largest, 1e-9);
  EXPECT_NEAR(read.smallest, exact.smallest, 1e-5);
  EXPECT_NEAR(*read.condition_number, *exact.condition_number, 1e-3 * *exact.condition_number);
}

/// Constant pixels and the shift of all logits make a smallest curvature that no number of products
/// would have shown to be exactly 0, while the largest is exact after few.
TEST(Spectrum, EndsWhereTheLargestIsExactAndTheSmallestSettled) {
  const data::Dataset digits = prepared(data::load_train("digits", {.test_fraction = 0}));
  for (const auto& [kind, hidden] : {std::pair{ModelKind::logistic, std::vector<std::size_t>{}},
                                     std::pair{ModelKind::mlp, std::vector<std::size_t>{32}}}) {
    const train::Architecture architecture = architecture_for(kind, digits, hidden);
    const Spectrum result = spectrum(architecture, digits, {});
    EXPECT_LE(result.lanczos->products, LanczosOptions{}.flat_steps);
    const Layers layers = initial_layers(architecture, 0);
    const FullBatch batch = full_batch(digits);
    const ExtremeEigenvalues whole = extreme_eigenvalues(
        [&](const Tensor<double>& v) { return hessian_product(layers, batch, v); },
        result.parameters, {.most_steps = 200, .tolerance = 1e-10});
    EXPECT_NEAR(result.largest, whole.largest.value, 1e-6 * result.largest);
    // What is found of 0 is above it.
    EXPECT_GE(result.smallest, std::min(0.0, whole.smallest.value) - 1e-9);
  }
}

/// A network for a number may have a smallest curvature above 0, which has to be exact.
TEST(Spectrum, OfTooFewProductsHasNoConditionNumber) {
  const data::Dataset diabetes = prepared(data::load_train("diabetes", {.test_fraction = 0}));
  const Spectrum result =
      spectrum(architecture_for(ModelKind::mlp, diabetes), diabetes, {.most_products = 6});
  EXPECT_EQ(result.lanczos->products, 6U);
  EXPECT_GT(result.smallest, flat_share * result.largest);
  EXPECT_FALSE(is_exact(result, result.lanczos->smallest_error));
  EXPECT_EQ(result.condition_number, std::nullopt);
}

TEST(Spectrum, TellsHowFarItIs) {
  const data::Dataset iris = prepared(data::load_train("iris", {.test_fraction = 0}));
  using Part = SpectrumProgress::Part;
  std::vector<SpectrumProgress> seen;
  const auto observer = [&](const SpectrumProgress& progress) { seen.push_back(progress); };
  const Spectrum result =
      spectrum(architecture_for(ModelKind::mlp, iris, {4}), iris,
               {.verify = true, .steps = 7, .momentum = 0.5, .most_products = 50}, observer);
  const auto last_of = [&](Part part) {
    const auto last = std::ranges::find(seen.rbegin(), seen.rend(), part, &SpectrumProgress::part);
    return last == seen.rend() ? std::pair<std::size_t, std::size_t>()
                               : std::pair(last->done, last->most);
  };
  EXPECT_EQ(last_of(Part::curvature), std::pair(result.lanczos->products, std::size_t{50}));
  EXPECT_EQ(last_of(Part::descent), std::pair(std::size_t{7}, std::size_t{7}));
  EXPECT_EQ(last_of(Part::momentum), std::pair(std::size_t{7}, std::size_t{7}));
  EXPECT_TRUE(std::ranges::is_sorted(seen, {}, &SpectrumProgress::part));
  EXPECT_EQ(seen.front().done, 1U);

  seen.clear();
  const data::Dataset diabetes = prepared(data::load_train("diabetes", {.test_fraction = 0}));
  const Spectrum linear = spectrum(architecture_for(ModelKind::linear, diabetes), diabetes,
                                   {.tolerance = 1e-2, .verify = true}, observer);
  EXPECT_EQ(last_of(Part::descent).first, *linear.descent.measured->steps);
  EXPECT_EQ(last_of(Part::momentum).first, *linear.momentum.measured->steps);
}

/// 3-2-1 has 3 * 2 + 2 + 2 + 1 = 11 parameters, 88 bytes a vector.
TEST(Spectrum, HasAsManyProductsAsThereIsMemoryFor) {
  EXPECT_EQ(products_within(2 * 88 * 41, {3, 2, 1}), 41U);
  EXPECT_EQ(products_within(2 * 88 * 42 - 1, {3, 2, 1}), 41U);
  EXPECT_EQ(products_within(2 * 88 * 5000, {3, 2, 1}), 300U);
  EXPECT_EQ(message([] {
              products_within(2 * 88 * 29, {3, 2, 1});
            }),
            "a network 3-2-1 has 11 parameters, and of Lanczos' vectors, which have as many "
            "numbers, 29 fit into half of the memory that is free (30 at least are needed: take a "
            "smaller --hidden)");
  EXPECT_THAT(message([] {
                products_within(SIZE_MAX, {1U << 31U, 1U << 31U, 1U << 31U});
              }),
              HasSubstr("0 fit into half"));
}

class DigitsNetwork : public testing::Test {
 protected:
  SharpnessPath path(double lr, std::size_t steps) const {
    const SpectrumOptions options{.verify = true, .steps = steps, .lr = lr, .momentum = 0};
    return *spectrum(architecture_, digits_, options).descent.path;
  }
  double largest() const { return spectrum(architecture_, digits_, {}).largest; }

 private:
  data::Dataset digits_ = prepared(data::load_train("digits", {.test_fraction = 0}));
  train::Architecture architecture_ = architecture_for(ModelKind::mlp, digits_, {32});
};

std::vector<std::size_t> steps_uphill(const SharpnessPath& run) {
  std::vector<std::size_t> steps;
  for (std::size_t i = 1; i < run.losses.size(); ++i)
    if (run.losses[i] > run.losses[i - 1]) steps.push_back(i);
  return steps;
}

TEST_F(DigitsNetwork, BelowTheLimitTheLossFalls) {
  const double start = largest();
  const SharpnessPath calm = path(0.4 / start, 50);
  EXPECT_EQ(calm.losses.size(), 51U);
  EXPECT_THAT(steps_uphill(calm), testing::IsEmpty());
  EXPECT_LT(calm.losses.back(), 0.9 * calm.losses.front());
  EXPECT_NEAR(calm.sharpness.front().value, start, 1e-3 * start);
  EXPECT_NEAR(calm.limit, 5 * start, 1e-9 * start);
  for (const Sharpness& look : calm.sharpness) EXPECT_LT(look.value, calm.limit);
}

/// The sharpness grows in training: the loss rises once it has passed the limit, and not before.
TEST_F(DigitsNetwork, OnItsWayItMeetsTheLimit) {
  const SharpnessPath edge = path(1 / largest(), 50);
  EXPECT_LT(edge.sharpness.front().value, edge.limit);
  const auto past = std::ranges::find_if(
      edge.sharpness, [&](const Sharpness& look) { return look.value > edge.limit; });
  ASSERT_NE(past, edge.sharpness.end());
  ASSERT_THAT(steps_uphill(edge), testing::Not(testing::IsEmpty()));
  EXPECT_GT(steps_uphill(edge).front(), past->step);
}

TEST_F(DigitsNetwork, AboveTheLimitTheLossBlowsUpAtFirst) {
  const SharpnessPath stormy = path(8 / largest(), 20);
  EXPECT_LT(stormy.limit, stormy.sharpness.front().value);
  ASSERT_THAT(steps_uphill(stormy), testing::Not(testing::IsEmpty()));
  EXPECT_LE(steps_uphill(stormy).front(), 5U);
  EXPECT_GT(*std::ranges::max_element(stormy.losses), stormy.losses.front());
}

/// Without saturation errors feed on themselves until they are no numbers.
TEST(Spectrum, ARunMayEndInInfinity) {
  const data::Dataset diabetes = prepared(data::load_train("diabetes", {.test_fraction = 0}));
  const train::Architecture architecture =
      architecture_for(ModelKind::mlp, diabetes, {8, 8}, Activation::identity);
  const SharpnessPath path =
      *spectrum(architecture, diabetes, {.verify = true, .steps = 100, .lr = 5}).descent.path;
  EXPECT_TRUE(path.diverged);
  EXPECT_GT(path.losses.size(), 1U);
  EXPECT_LT(path.losses.size(), 101U);
  for (const double loss : path.losses) EXPECT_TRUE(std::isfinite(loss));
  for (const Sharpness& look : path.sharpness) EXPECT_TRUE(std::isfinite(look.value));
}

TEST(Spectrum, MomentumIsRunUnlessItIsZero) {
  const data::Dataset iris = prepared(data::load_train("iris", {.test_fraction = 0}));
  const train::Architecture architecture = architecture_for(ModelKind::mlp, iris, {5});
  const Spectrum result =
      spectrum(architecture, iris, {.verify = true, .steps = 30, .momentum = 0.5});
  ASSERT_TRUE(result.momentum.path.has_value());
  EXPECT_NEAR(result.momentum.settings.lr, 1.5 / result.largest, 1e-9);
  EXPECT_NEAR(result.momentum.path->limit, 3 / result.momentum.settings.lr, 1e-9);
  EXPECT_EQ(result.momentum.path->losses.front(), result.descent.path->losses.front());
  EXPECT_NE(result.momentum.path->losses.back(), result.descent.path->losses.back());
  const auto run = [&](std::optional<double> momentum) {
    return spectrum(architecture, iris, {.verify = true, .steps = 1, .momentum = momentum})
        .momentum;
  };
  ASSERT_TRUE(run({}).path.has_value());
  EXPECT_EQ(run({}).path->settings.momentum, 0.9);  // as in the rule's table
  EXPECT_FALSE(run(0).path.has_value());
}

/// The sharpness looked up along the way is the largest eigenvalue there, warm start or not.
TEST(Spectrum, SharpnessAlongTheWayIsThatOfTheWeightsThere) {
  const data::Dataset iris = prepared(data::load_train("iris", {.test_fraction = 0}));
  const train::Architecture architecture = architecture_for(ModelKind::mlp, iris, {5});
  const FullBatch batch = full_batch(iris);
  Layers layers = initial_layers(architecture, 0);
  const SharpnessPath path = sharpness_path(layers, batch, {.lr = 0.3}, {.steps = 60});
  const std::size_t p = parameter_count(layers);
  Tensor<double> hessian = Tensor<double>::zeros({p, p});
  for (std::size_t i = 0; i < p; ++i) {
    Tensor<double> unit = Tensor<double>::zeros({p});
    unit[i] = 1;
    hessian.rows(i, i + 1).assign(hessian_product(layers, batch, unit).reshape({1, p}));
  }
  const double largest = eigh(hessian).values.to_vector().back();
  EXPECT_EQ(path.sharpness.back().step, 60U);
  EXPECT_NEAR(path.sharpness.back().value, largest, 1e-4 * largest);
  EXPECT_NEAR(path.losses.back(), loss_of(layers, batch), 1e-15);
}

TEST(Spectrum, SharpnessIsLookedAtAFewTimes) {
  const data::Dataset iris = prepared(data::load_train("iris", {.test_fraction = 0}));
  const train::Architecture architecture = architecture_for(ModelKind::mlp, iris, {2});
  for (const std::size_t steps : {1U, 40U, 41U, 79U, 80U}) {
    Layers layers = initial_layers(architecture, 0);
    const SharpnessPath path =
        sharpness_path(layers, full_batch(iris), {.lr = 0.01}, {.steps = steps});
    EXPECT_LE(path.sharpness.size(), 41U) << steps;
    EXPECT_GT(path.sharpness.size(), std::min<std::size_t>(20, steps)) << steps;
    EXPECT_EQ(path.sharpness.front().step, 0U);
    EXPECT_EQ(path.sharpness.back().step, steps);
    for (const Sharpness& look : path.sharpness) EXPECT_TRUE(look.converged);
  }
}

/// A line through three points in ten dimensions leaves no error.
TEST(Spectrum, ALeastLossOfRoundingAloneIsZero) {
  const data::Dataset few =
      prepared(lab::sampled(data::load_train("diabetes", {.test_fraction = 0}), 3, 0));
  EXPECT_EQ(gram_spectrum(full_batch(few)).least_loss, 0.0);
}

TEST(Spectrum, RefusesWhatCannotBe) {
  const auto refusal = [](const SpectrumOptions& options, ModelKind kind = ModelKind::mlp) {
    return message([&] { check(options, kind); });
  };
  EXPECT_EQ(refusal({.tolerance = 0}, ModelKind::linear),
            "the tolerance must be above 0, 0 was given (--tolerance)");
  EXPECT_THAT(refusal({.tolerance = NAN}, ModelKind::linear), HasSubstr("nan was given"));
  EXPECT_EQ(refusal({.steps = 0}), "the steps must be from 1 to 1000000, 0 was given (--steps)");
  EXPECT_EQ(refusal({.lr = -1}), "the learning rate must be above 0, -1 was given (--lr)");
  EXPECT_THAT(refusal({.momentum = 1.5}), HasSubstr("momentum must be in [0, 1), 1.5"));
  EXPECT_EQ(refusal({.lr = 1}, ModelKind::linear),
            "a linear model is run at the best settings, which are computed (leave out --lr)");
  EXPECT_THAT(refusal({.momentum = 0.5}, ModelKind::linear), HasSubstr("(leave out --momentum)"));
  const data::Dataset iris = prepared(data::load_train("iris", {.test_fraction = 0}));
  EXPECT_THAT(message([&] { gram_spectrum(full_batch(iris)); }), HasSubstr("not for classes"));
}

}  // namespace
}  // namespace ravine::lab
